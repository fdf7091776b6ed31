package io.natter.webtransport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The frames of Engine.IO in a stream: a header like that of WebSocket with the length and a bit
/// for binary, and the payload. Reads what a client sends, piece by piece.
final class Frames {
    private static final int BINARY = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int FIRST_BYTES = 512;

    /// Takes the frames that are whole.
    interface Sink {
        /// A frame.
        void frame(byte[] payload, boolean isBinary);

        /// The frame that begins here is empty, or larger than allowed. Nothing is read any more.
        void refused(String reason, boolean isTooLarge);

        /// Whether more frames are wanted now.
        boolean wantsMore();
    }

    private int maxBytes;
    private final byte[] header = new byte[9];
    private int headerBytes;
    private byte[] payload = new byte[0];
    private int payloadBytes;
    private long length = -1;
    private boolean isBroken;

    /// @param maxBytes the largest payload
    Frames(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Sets the largest payload of the frames from now on.
    void limit(int bytes) {
        maxBytes = bytes;
    }

    /// The bytes of the frame that is not whole yet.
    int heldBytes() {
        return payload.length;
    }

    /// Reads from `in` as long as `sink` wants frames.
    void read(ByteBuffer in, Sink sink) {
        while (in.hasRemaining() && !isBroken && sink.wantsMore()) {
            if (length < 0) {
                readHeader(in, sink);
            } else {
                readPayload(in, sink);
            }
        }
    }

    private void readHeader(ByteBuffer in, Sink sink) {
        header[headerBytes++] = in.get();
        int first = header[0] & LENGTH;
        int wanted = first == LONG_LENGTH ? 9 : first == SHORT_LENGTH ? 3 : 1;
        if (headerBytes < wanted) {
            return;
        }
        var bytes = ByteBuffer.wrap(header, 1, wanted - 1);
        length = wanted == 9 ? bytes.getLong() : wanted == 3 ? bytes.getShort() & 0xffff : first;
        if (length == 0) {
            isBroken = true;
            sink.refused("an empty frame", false);
        } else if (length < 0 || length > maxBytes) {
            isBroken = true;
            sink.refused("a message of more than " + maxBytes + " bytes", true);
        }
    }

    private void readPayload(ByteBuffer in, Sink sink) {
        int wanted = (int) length;
        int n = Math.min(wanted - payloadBytes, in.remaining());
        if (payload.length < payloadBytes + n) {
            // Grows with what has come, so that a length alone costs no memory.
            int size = Math.max(payloadBytes + n, Math.max(FIRST_BYTES, 2 * payload.length));
            payload = Arrays.copyOf(payload, Math.min(wanted, size));
        }
        in.get(payload, payloadBytes, n);
        payloadBytes += n;
        if (payloadBytes == wanted) {
            var whole = payload.length == wanted ? payload : Arrays.copyOf(payload, wanted);
            boolean isBinary = (header[0] & BINARY) != 0;
            headerBytes = 0;
            payloadBytes = 0;
            payload = new byte[0];
            length = -1;
            sink.frame(whole, isBinary);
        }
    }

    /// The header of a frame.
    static byte[] header(int length, boolean isBinary) {
        var out = ByteBuffer.allocate(length < SHORT_LENGTH ? 1 : length <= 0xffff ? 3 : 9);
        int bit = isBinary ? BINARY : 0;
        if (length < SHORT_LENGTH) {
            out.put((byte) (bit | length));
        } else if (length <= 0xffff) {
            out.put((byte) (bit | SHORT_LENGTH)).putShort((short) length);
        } else {
            out.put((byte) (bit | LONG_LENGTH)).putLong(length);
        }
        return out.array();
    }
}
