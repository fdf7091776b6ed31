package io.natter.netty.http;

import io.natter.netty.loop.ConnectionMemory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Stands before an HTTP codec and gives it the received bytes in small pieces, and none while
/// requests wait behind it. A codec decodes all bytes that it gets, and a pipelined request of a
/// few bytes takes a thousand when it is decoded. Meanwhile the channel reads nothing more. On the
/// event loop.
public final class InboundThrottle extends ChannelDuplexHandler {
    public static final String NAME = "natter.input";

    /// The sizes of the first piece and of the largest. While nothing waits, each piece is twice
    /// the one before, so that a body comes in few pieces.
    private static final int MIN_PIECE = 1024;

    private static final int MAX_PIECE = 4 * 1024;

    private final BooleanSupplier open;
    private final ConnectionMemory memory;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(1);
    private @Nullable ChannelHandlerContext context;
    private int heldBytes;

    /// The input that is being passed on, with its rest.
    private @Nullable ByteBuf current;

    private boolean passing;
    private boolean readWanted;

    /// Whether reading was stopped here, where the channel reads by itself.
    private boolean stopped;

    /// The end of the input, which waits behind what is held.
    private @Nullable Object end;

    private boolean ended;

    /// @param open whether the codec may be given something
    InboundThrottle(BooleanSupplier open, ConnectionMemory memory) {
        this.open = open;
        this.memory = memory;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf in)) {
            ctx.fireChannelRead(msg);
        } else if (!held.isEmpty() || passing) {
            hold(in);
            if (ctx.channel().config().isAutoRead()) {
                stopped = true;
                ctx.channel().config().setAutoRead(false);
            }
        } else if (pass(ctx, in)) {
            readOn(ctx);
        } else {
            // Copied, because what was read lies in a buffer of all connections.
            try {
                hold(ctx.alloc().heapBuffer(in.readableBytes()).writeBytes(in));
            } finally {
                in.release();
            }
        }
    }

    private void hold(ByteBuf in) {
        held.add(in);
        count(in.readableBytes());
    }

    private void count(int bytes) {
        int before = heldBytes;
        heldBytes += bytes;
        memory.holds(before, heldBytes);
    }

    /// Passes on as many bytes as allowed. True if those were all of them; then the buffer is
    /// released.
    private boolean pass(ChannelHandlerContext ctx, ByteBuf in) {
        passing = true;
        try {
            int piece = MIN_PIECE;
            while (open.getAsBoolean()) {
                if (in.readableBytes() <= piece) {
                    ctx.fireChannelRead(in);
                    return true;
                }
                current = in;
                ctx.fireChannelRead(in.readRetainedSlice(piece));
                if (current == null) {
                    return true; // The gate was removed and has passed on the rest.
                }
                piece = Math.min(2 * piece, MAX_PIECE);
            }
            return false;
        } finally {
            current = null;
            passing = false;
        }
    }

    /// Goes on after something waited.
    void resume() {
        var ctx = context;
        if (passing || held.isEmpty() || ctx == null || ctx.isRemoved()) {
            return;
        }
        boolean all = true;
        while (all && !held.isEmpty()) {
            var next = held.remove();
            int before = next.readableBytes();
            all = pass(ctx, next);
            if (ctx.isRemoved()) {
                return;
            }
            count((all ? 0 : next.readableBytes()) - before);
            if (!all) {
                held.addFirst(next);
            }
        }
        ctx.fireChannelReadComplete();
        if (!ctx.isRemoved()) {
            readOn(ctx);
        }
    }

    private void readOn(ChannelHandlerContext ctx) {
        if (!held.isEmpty()) {
            return;
        }
        var last = end;
        end = null;
        if (last != null) {
            ctx.fireUserEventTriggered(last);
            return;
        }
        if (stopped) {
            stopped = false;
            ctx.channel().config().setAutoRead(true);
        }
        if (readWanted) {
            readWanted = false;
            ctx.read();
        }
    }

    /// Nothing is read behind the end. epoll has then forgotten a channel that waits for nothing,
    /// and Netty 4.2.18 takes a further read for an error.
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (ended) {
            return;
        }
        if (held.isEmpty() && !passing) {
            ctx.read();
        } else {
            readWanted = true;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
        ended |= evt instanceof ChannelInputShutdownEvent;
        if (evt instanceof ChannelInputShutdownEvent && !held.isEmpty()) {
            end = evt;
        } else {
            ctx.fireUserEventTriggered(evt);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release();
        ctx.fireChannelInactive();
    }

    /// HTTP is over: what is held is for what comes after it.
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            release();
            return;
        }
        count(-heldBytes);
        if (stopped) {
            stopped = false;
            ctx.channel().config().setAutoRead(true);
        }
        var rest = current;
        current = null;
        if (rest != null) {
            ctx.fireChannelRead(rest);
        }
        while (!held.isEmpty()) {
            ctx.fireChannelRead(held.remove());
        }
    }

    private void release() {
        count(-heldBytes);
        while (!held.isEmpty()) {
            held.remove().release();
        }
    }
}
