package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.json.ByteBuilder;

/// Reads `application/x-www-form-urlencoded` text as the WHATWG URL standard does: what is not
/// well-formed stands for itself, nothing is an error.
final class UrlEncoded {
    private UrlEncoded() {}

    /// The text that the part of `raw` between `from` and `to` stands for.
    static String decode(String raw, int from, int to) {
        String part = raw.substring(from, to);
        if (part.indexOf('%') < 0 && part.indexOf('+') < 0) {
            return part;
        }
        byte[] bytes = part.getBytes(UTF_8);
        ByteBuilder out = new ByteBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? digit(bytes[i + 1]) : -1;
            int low = high < 0 ? -1 : digit(bytes[i + 2]);
            if (low >= 0) {
                out.add(high << 4 | low);
                i += 2;
            } else {
                out.add(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return new String(out.array(), 0, out.size(), UTF_8);
    }

    private static int digit(byte b) {
        return Character.digit(b, 16);
    }
}
