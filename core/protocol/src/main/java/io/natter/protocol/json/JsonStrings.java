package io.natter.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The inside of JSON strings. Most bytes stand for themselves: ASCII, except control characters,
/// the quote and the backslash. So they are looked at eight at a time.
public final class JsonStrings {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private JsonStrings() {}

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

    /// Resolves the escapes of the inside of a well-formed JSON string.
    public static String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            c = raw.charAt(++i);
            switch (c) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> text.append(c);
            }
        }
        return text.toString();
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
