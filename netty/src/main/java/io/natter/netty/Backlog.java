package io.natter.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.Predicate;

/// What came on a connection before its turn: pieces of one read at most, since nothing more is
/// read while something waits. On the event loop.
final class Backlog {
    private final ArrayDeque<Object> held = new ArrayDeque<>(2);
    private boolean draining;
    private boolean readWanted;
    private boolean consumed;

    boolean isEmpty() {
        return held.isEmpty();
    }

    void add(Object msg) {
        held.add(msg);
    }

    /// Something was taken for which nobody behind us will ask again.
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
                var next = held.poll();
                if (!offer.test(next)) {
                    held.addFirst(next);
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
        while (!held.isEmpty()) {
            ReferenceCountUtil.release(held.poll());
        }
    }
}
