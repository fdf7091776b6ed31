package io.natter.protocol;

import io.natter.protocol.json.ErrorText;
import java.util.Arrays;
import java.util.Base64;

/// Base64 (RFC 4648) as clients send it. The Java client breaks its lines after 76 characters and
/// at the end, so white space is skipped. Padding may be missing, and the alphabet may be the one
/// for URLs. Anything else is refused, because wrong bytes help no application.
final class Base64Text {
    private static final byte BLANK = -1;
    private static final byte PADDING = -2;
    private static final byte NONE = -3;

    /// The six bits of a character, or what else it is.
    private static final byte[] BITS = new byte[256];

    static {
        Arrays.fill(BITS, NONE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (int i = 0; i < alphabet.length(); i++) {
            BITS[alphabet.charAt(i)] = (byte) i;
        }
        BITS['+'] = BITS['-'] = 62;
        BITS['/'] = BITS['_'] = 63;
        BITS[' '] = BITS['\t'] = BITS['\r'] = BITS['\n'] = BLANK;
        BITS['='] = PADDING;
    }

    private Base64Text() {}

    /// A message of the bytes that are written there.
    static EnginePacket decode(byte[] text, int from, int to) {
        int characters = 0;
        int paddings = 0;
        for (int i = from; i < to; i++) {
            byte bits = BITS[text[i] & 0xff];
            if (bits == NONE || (bits >= 0 && paddings > 0)) {
                return new EnginePacket.Malformed(
                        "base64 goes on with "
                                + ErrorText.show(text[i])
                                + (paddings > 0 ? " after its padding" : ""));
            }
            characters += bits >= 0 ? 1 : 0;
            paddings += bits == PADDING ? 1 : 0;
        }
        int rest = characters % 4;
        if (rest == 1 || paddings > 2 || (paddings > 0 && (characters + paddings) % 4 != 0)) {
            return new EnginePacket.Malformed(
                    "base64 of %d characters and %d of padding".formatted(characters, paddings));
        }
        byte[] data = new byte[characters / 4 * 3 + Math.max(0, rest - 1)];
        int at = 0;
        int buffer = 0;
        int filled = 0;
        for (int i = from; i < to; i++) {
            byte bits = BITS[text[i] & 0xff];
            if (bits >= 0) {
                buffer = (buffer << 6) | bits;
                filled += 6;
                if (filled >= 8) {
                    filled -= 8;
                    data[at++] = (byte) (buffer >>> filled);
                }
            }
        }
        return new EnginePacket.Binary(data);
    }

    /// The bytes in base64 with padding, behind `prefix`.
    static byte[] encode(String prefix, byte[] data) {
        byte[] encoded = Base64.getEncoder().encode(data);
        byte[] text = new byte[prefix.length() + encoded.length];
        for (int i = 0; i < prefix.length(); i++) {
            text[i] = (byte) prefix.charAt(i);
        }
        System.arraycopy(encoded, 0, text, prefix.length(), encoded.length);
        return text;
    }
}
