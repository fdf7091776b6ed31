package io.natter.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Well-formed UTF-8 (RFC 3629 section 4): no overlong form, no surrogate, nothing past U+10FFFF.
public final class Utf8 {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /// The place of the first byte that is not part of well-formed UTF-8, or -1 where all is well.
    public static int malformedAt(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at >= Long.BYTES && ((long) LONG.get(bytes, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
            } else {
                int length = length(bytes, at, to);
                if (length == 0) {
                    return at;
                }
                at += length;
            }
        }
        return -1;
    }

    /// How many bytes the character at `at` has, or 0 where it is malformed or cut short by `to`.
    static int length(byte[] bytes, int at, int to) {
        int lead = bytes[at];
        if (lead >= 0) {
            return 1;
        }
        lead &= 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (to - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /// The place behind the next `units` UTF-16 code units from `from`. -1 if the bytes end before,
    /// are malformed, or would be cut inside a character.
    public static int skipUnits(byte[] bytes, int from, long units) {
        int at = from;
        long left = units;
        while (left > 0) {
            int length = at < bytes.length ? length(bytes, at, bytes.length) : 0;
            if (length == 0) {
                return -1;
            }
            at += length;
            left -= length == 4 ? 2 : 1;
        }
        return left == 0 ? at : -1;
    }

    /// How many UTF-16 code units well-formed bytes have.
    public static int units(byte[] bytes) {
        int units = 0;
        for (byte b : bytes) {
            if ((b & 0xc0) != 0x80) {
                units += (b & 0xf8) == 0xf0 ? 2 : 1;
            }
        }
        return units;
    }
}
