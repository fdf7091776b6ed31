package io.natter.netty.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Checks UTF-8 piece by piece (RFC 3629), so that a text message in many fragments is refused at
/// its first wrong byte. The state between two pieces is one int.
final class Utf8Validator {
    /// Between two characters; a message must start and end here.
    static final int BETWEEN = 0;

    /// The bytes are no UTF-8.
    static final int WRONG = -1;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8Validator() {}

    /// The state after `bytes[from..to)`, which follow what led to `state`.
    static int next(int state, byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (state == BETWEEN) {
                while (to - i >= 8 && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
                    i += 8;
                }
                if (i == to) {
                    return state;
                }
            }
            state = step(state, bytes[i++] & 0xff);
            if (state == WRONG) {
                return WRONG;
            }
        }
        return state;
    }

    private static int step(int state, int octet) {
        if (state == BETWEEN) {
            if (octet < 0x80) {
                return BETWEEN;
            }
            if (octet < 0xc2 || octet > 0xf4) {
                return WRONG;
            }
            return switch (octet) {
                case 0xe0 -> expect(2, 0xa0, 0xbf); // no overlong form
                case 0xed -> expect(2, 0x80, 0x9f); // no surrogate
                case 0xf0 -> expect(3, 0x90, 0xbf); // no overlong form
                case 0xf4 -> expect(3, 0x80, 0x8f); // nothing past U+10FFFF
                default -> expect(octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3, 0x80, 0xbf);
            };
        }
        if (octet < ((state >> 8) & 0xff) || octet > (state & 0xff)) {
            return WRONG;
        }
        int left = (state >> 16) - 1;
        return left == 0 ? BETWEEN : expect(left, 0x80, 0xbf);
    }

    /// `count` more bytes belong to the character, the next of them within `low..high`.
    private static int expect(int count, int low, int high) {
        return (count << 16) | (low << 8) | high;
    }
}
