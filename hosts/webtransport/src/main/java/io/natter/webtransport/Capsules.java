package io.natter.webtransport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// The capsules of a session's CONNECT stream (RFC 9297). Only the one that closes the session is
/// of interest; all others are skipped.
final class Capsules {
    private static final int CLOSE_SESSION = 0x2843;
    private static final int MAX_REASON_BYTES = 1024;

    /// Told of the end of the session.
    interface Sink {
        /// The client closed the session.
        void closed(int code, String reason);

        /// The client sent a capsule that cannot be.
        void malformed(String reason);
    }

    private final Sink sink;
    private final ByteBuf held = Unpooled.buffer(0, 16 + Integer.BYTES + MAX_REASON_BYTES);
    private long skip;
    private boolean isOver;

    Capsules(Sink sink) {
        this.sink = sink;
    }

    /// Reads a piece of the stream.
    void read(ByteBuf in) {
        while (in.isReadable() && !isOver) {
            if (skip > 0) {
                int n = (int) Math.min(skip, in.readableBytes());
                in.skipBytes(n);
                skip -= n;
            } else {
                held.writeByte(in.readByte());
                readHead();
            }
        }
    }

    private void readHead() {
        int start = held.readerIndex();
        long type = Varint.read(held);
        long length = type == Varint.INCOMPLETE ? Varint.INCOMPLETE : Varint.read(held);
        if (length == Varint.INCOMPLETE) {
            held.readerIndex(start);
        } else if (type != CLOSE_SESSION) {
            skip = length;
            held.clear();
        } else if (length < Integer.BYTES || length > Integer.BYTES + MAX_REASON_BYTES) {
            isOver = true;
            sink.malformed("a close capsule of " + length + " bytes");
        } else if (held.readableBytes() < length) {
            held.readerIndex(start);
        } else {
            isOver = true;
            int code = held.readInt();
            sink.closed(code, held.toString(StandardCharsets.UTF_8));
        }
    }

    /// The capsule that closes a session.
    static ByteBuf close(int code, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        int size = Math.min(text.length, MAX_REASON_BYTES);
        var out = Unpooled.buffer(8 + size);
        Varint.writeShort(out, CLOSE_SESSION);
        Varint.writeShort(out, Integer.BYTES + size);
        return out.writeInt(code).writeBytes(text, 0, size);
    }
}
