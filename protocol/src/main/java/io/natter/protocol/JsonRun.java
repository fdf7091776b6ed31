package io.natter.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Runs of bytes that stand for themselves inside a JSON string: ASCII, but for control characters,
/// the quote and the backslash. Nearly all text is such, so it is looked at eight bytes at a time.
public final class JsonRun {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private JsonRun() {}

    /// The first place from `from` where something else stands, or `to`.
    public static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long others = others((long) LONG.get(bytes, at));
            if (others != 0) {
                return at + (Long.numberOfTrailingZeros(others) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < to && isPlain(bytes[at])) {
            at++;
        }
        return at;
    }

    /// The place behind the string whose opening quote is at `at`; the bytes are well-formed JSON.
    public static int endOfString(byte[] bytes, int at) {
        int i = end(bytes, at + 1, bytes.length);
        while (bytes[i] != '"') {
            i = end(bytes, bytes[i] == '\\' ? i + 2 : i + 1, bytes.length);
        }
        return i + 1;
    }

    /// The high bit of each byte that is something else, lowest byte first. A byte that borrows
    /// from its neighbour can make that one look so too, but the lowest is always right.
    private static long others(long eight) {
        long quotes = eight ^ '"' * ONES;
        long backslashes = eight ^ '\\' * ONES;
        long found =
                (eight - ' ' * ONES & ~eight)
                        | (quotes - ONES & ~quotes)
                        | (backslashes - ONES & ~backslashes)
                        | eight;
        return found & HIGH_BITS;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }
}
