package io.natter.netty.http;

import io.natter.netty.loop.ConnectionMemory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.Predicate;

/// The requests of a connection that came before their turn. They are at most one piece of input,
/// because the [InboundThrottle] passes on nothing while something waits. On the event loop.
final class HeldReads {
    /// About what a decoded request takes on the heap beside the bytes of its text.
    private static final int REQUEST_BYTES = 1024;

    private static final int CONTENT_BYTES = 128;

    private final ConnectionMemory memory;
    private final ArrayDeque<Object> held = new ArrayDeque<>(2);
    private int bytes;
    private boolean draining;
    private boolean readWanted;
    private boolean consumed;

    HeldReads(ConnectionMemory memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /// Whether the last that waits is the end of a request.
    boolean endsRequest() {
        return held.peekLast() instanceof LastHttpContent last && last.decoderResult().isSuccess();
    }

    void add(Object msg) {
        held.add(msg);
        count(bytes(msg));
    }

    private void count(int more) {
        int before = bytes;
        bytes += more;
        memory.holds(before, bytes);
    }

    private static int bytes(Object msg) {
        return msg instanceof HttpContent content
                ? CONTENT_BYTES + content.content().readableBytes()
                : REQUEST_BYTES;
    }

    /// Something was taken, and no handler behind this one will ask for it again.
    void consumed() {
        consumed = true;
    }

    /// Passes on a wish to read, now or when nothing waits any more.
    void read(ChannelHandlerContext ctx) {
        if (held.isEmpty()) {
            ctx.read();
        } else {
            readWanted = true;
        }
    }

    /// Where reading is by request, as with Reactor Netty, asks for what comes after the things
    /// that we consumed.
    void readOn(ChannelHandlerContext ctx) {
        if (consumed && !ctx.channel().config().isAutoRead() && held.isEmpty()) {
            consumed = false;
            ctx.read();
        }
    }

    /// Offers what waits, in order, until something is not taken.
    void drain(ChannelHandlerContext ctx, Predicate<Object> offer) {
        if (draining || ctx.isRemoved()) {
            return;
        }
        draining = true;
        try {
            while (!held.isEmpty()) {
                // Taken off first: an upgrade on the way must not find its own last piece here.
                var next = held.remove();
                int size = bytes(next);
                count(-size);
                if (!offer.test(next)) {
                    held.addFirst(next);
                    count(size);
                    return;
                }
            }
        } finally {
            draining = false;
        }
        if (!ctx.isRemoved()) {
            if (readWanted) {
                readWanted = false;
                ctx.read();
            }
            readOn(ctx);
        }
    }

    /// Lets go of everything.
    void release() {
        count(-bytes);
        while (!held.isEmpty()) {
            ReferenceCountUtil.release(held.remove());
        }
    }
}
