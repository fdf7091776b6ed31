package io.natter.netty.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;

/// Discards the rest of a body after its request was answered, up to a bound. On the event loop.
final class UnreadBody {
    /// This many bytes of an unread body are read, so that the connection can be kept.
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private boolean awaited;
    private long bytes;

    /// A request was answered.
    ///
    /// @param more whether some of its body is still to come
    void begin(boolean more) {
        awaited = more;
        bytes = 0;
    }

    boolean isAwaited() {
        return awaited;
    }

    /// Sees the end of a body. True if it was awaited.
    boolean ends() {
        boolean was = awaited;
        awaited = false;
        return was;
    }

    /// Discards a message. False if that was too much of a body.
    boolean discard(Object msg) {
        if (msg instanceof HttpContent content) {
            bytes += content.content().readableBytes();
        }
        ReferenceCountUtil.release(msg);
        return bytes <= MAX_BYTES;
    }
}
