package io.natter.servlet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Puts the pieces of a message together, up to a bound. On the container's thread that reads.
final class MessageGatherer {
    private final int maxBytes;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private boolean isTooLarge;

    /// @param maxBytes the largest message, in bytes of its payload
    MessageGatherer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Whether the message that is being read is too large. It is then not gathered any more.
    boolean isTooLarge() {
        return isTooLarge;
    }

    /// The bytes of the message that is not whole yet.
    int bytes() {
        return text.length() + binary.size();
    }

    /// Adds a piece of text. Returns the whole message as UTF-8 if this was its last piece.
    byte @Nullable [] add(String piece, boolean last) {
        // A char is a byte at least, so this bounds the memory before the bytes are known.
        if (isTooLarge || text.length() + (long) piece.length() > maxBytes) {
            isTooLarge = true;
            return null;
        }
        if (last && text.isEmpty()) {
            return whole(piece.getBytes(StandardCharsets.UTF_8));
        }
        text.append(piece);
        if (!last) {
            return null;
        }
        var message = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        text.trimToSize();
        return whole(message);
    }

    private byte @Nullable [] whole(byte[] message) {
        isTooLarge = message.length > maxBytes;
        return isTooLarge ? null : message;
    }

    /// Adds a piece of a binary message. Returns the whole message if this was its last piece.
    byte @Nullable [] add(ByteBuffer piece, boolean last) {
        if (isTooLarge || binary.size() + (long) piece.remaining() > maxBytes) {
            isTooLarge = true;
            return null;
        }
        var bytes = new byte[piece.remaining()];
        piece.get(bytes);
        if (last && binary.size() == 0) {
            return bytes;
        }
        binary.writeBytes(bytes);
        if (!last) {
            return null;
        }
        var message = binary.toByteArray();
        binary.reset();
        return message;
    }
}
