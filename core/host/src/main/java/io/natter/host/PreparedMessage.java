package io.natter.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/// A WebSocket message to be sent, made once and shared by all connections that send it. Immutable;
/// any thread.
///
/// A message may have a prefix: one byte that a connection sends before the payload or leaves out.
/// So receivers that expect the byte and receivers that do not can share one message. A subclass
/// may keep other forms of the same message.
public class PreparedMessage {
    /// The opcode of a text message (RFC 6455 §5.2).
    public static final int TEXT = 1;

    /// The opcode of a binary message (RFC 6455 §5.2).
    public static final int BINARY = 2;

    /// The value of [#prefix] in a message without a prefix.
    public static final int NO_PREFIX = -1;

    private final byte[] payload;
    private final byte opcode;
    private final short prefix;
    private final boolean compress;

    // Made when asked for. Two threads may make the same twice, and either is right.
    private @Nullable String string;
    private @Nullable String prefixedString;

    /// A message.
    ///
    /// @param opcode [#TEXT] or [#BINARY]
    /// @param payload UTF-8 in a text message. Not copied, and must not change afterwards.
    /// @param prefix a byte from 0 to 255, in a text message below 128; or [#NO_PREFIX]
    /// @param compress whether the message may be compressed
    public PreparedMessage(int opcode, byte[] payload, int prefix, boolean compress) {
        this.payload = payload;
        this.opcode = (byte) opcode;
        this.prefix = (short) prefix;
        this.compress = compress;
    }

    /// A text message without a prefix, which may be compressed.
    public PreparedMessage(String text) {
        this(TEXT, text.getBytes(UTF_8), NO_PREFIX, true);
    }

    /// A binary message without a prefix, which may be compressed.
    ///
    /// @param data not copied, and must not change afterwards
    public PreparedMessage(byte[] data) {
        this(BINARY, data, NO_PREFIX, true);
    }

    /// [#TEXT] or [#BINARY].
    public final int opcode() {
        return opcode;
    }

    /// The payload without the prefix. Shared: not to be written to.
    public final byte[] payload() {
        return payload;
    }

    /// A text message as a string, for a host whose server takes strings. It is decoded once,
    /// however many connections send it.
    ///
    /// @param prefixed whether it begins with the prefix, if there is one
    public final String string(boolean prefixed) {
        if (prefixed && prefix != NO_PREFIX) {
            var known = prefixedString;
            if (known == null) {
                known = (char) prefix + new String(payload, UTF_8);
                prefixedString = known;
            }
            return known;
        }
        var known = string;
        if (known == null) {
            known = new String(payload, UTF_8);
            string = known;
        }
        return known;
    }

    /// The byte that may go before the payload, or [#NO_PREFIX].
    public final int prefix() {
        return prefix;
    }

    /// Whether the message may be compressed.
    public final boolean compress() {
        return compress;
    }

    /// The bytes of the payload.
    public final int size() {
        return payload.length;
    }
}
