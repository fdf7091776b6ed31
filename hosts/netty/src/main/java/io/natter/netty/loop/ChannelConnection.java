package io.natter.netty.loop;

import io.natter.host.Loggers;
import io.natter.host.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The end of a pipeline: where there is TLS, a transport other than epoll, or where the channel is
/// somebody else's.
///
/// Where it is alone in an epoll channel, frames are written straight to the kernel. Otherwise, and
/// as long as the kernel has not taken what it was given, they go through the pipeline, small ones
/// as one buffer; the pipeline waits for the kernel.
///
/// A channel of io_uring may have another event loop than the strand (`UpgradeHandoff`). Input that
/// it brings then becomes a task of the strand, and Netty makes tasks of its event loop of what is
/// asked of it.
public final class ChannelConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOG = Loggers.of(ChannelConnection.class);

    private final EventLoopStrand strand;
    private final User user;
    private @Nullable ChannelHandlerContext context;

    /// The kernel's socket, where frames may go there straight.
    private @Nullable Socket kernel;

    /// Whether the pipeline may hold bytes that are not written yet.
    private boolean piped = true;

    /// The waiting bytes that the user was told of.
    private long reported;

    /// Whether a mark lies in the pipeline's queue, which tells when all before it was written.
    private boolean marked;

    /// How many bytes of what lies before the mark, and behind it, count for other receivers of the
    /// same buffer.
    private long sharedBefore;

    private long sharedBehind;

    private boolean closing;
    private @Nullable Throwable failure;

    public ChannelConnection(EventLoopStrand strand, User user) {
        this.strand = strand;
        this.user = user;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    private ChannelHandlerContext context() {
        var ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    /// The socket of an epoll channel in whose pipeline nothing stands before this, or null.
    public @Nullable Socket socket() {
        var ctx = context();
        return ctx.channel() instanceof EpollSocketChannel channel
                        && ctx.pipeline().first() == this
                        && channel.fd() instanceof Socket socket
                ? socket
                : null;
    }

    /// From here on frames may go straight to the kernel, if nothing in the pipeline wants them.
    public void opened() {
        kernel = socket();
    }

    @Override
    public ByteBufAllocator alloc() {
        return context().alloc();
    }

    @Override
    public boolean isUp() {
        return context().channel().isActive();
    }

    // ---- in -------------------------------------------------------------------------------------

    /// @return false where the strand has ended, as when a host closes: nobody hears of it any more
    private boolean onStrand(Runnable task) {
        if (strand.isCurrent()) {
            task.run();
            return true;
        }
        try {
            strand.execute(task);
            return true;
        } catch (RejectedExecutionException ignored) {
            return false;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (strand.isCurrent()) {
            read(msg);
        } else if (!onStrand(() -> read(msg))) {
            ReferenceCountUtil.release(msg);
        }
    }

    private void read(Object msg) {
        try {
            if (msg instanceof ByteBuf in) {
                user.received(in);
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    @Override
    public void setReading(boolean on) {
        context().channel().config().setAutoRead(on);
    }

    // ---- out ------------------------------------------------------------------------------------

    @Override
    public void write(ByteBuf in, int from, int to, boolean shareable) {
        int sent = 0;
        if (isDirect()) {
            try {
                sent = GatheringWriter.write(kernel(), in, from, to);
            } catch (IOException ignored) {
                // The pipeline will meet the same error and knows what belongs to it.
            }
        }
        if (from + sent < to) {
            toPipeline(List.of(new FrameSlice(in, from, to - from, shareable)), sent);
        }
    }

    @Override
    public void write(List<FrameSlice> frames) {
        long sent = 0;
        if (isDirect()) {
            try {
                sent = strand.kernel().write(kernel(), frames);
            } catch (IOException ignored) {
                // As above.
            }
        }
        toPipeline(frames, (int) sent);
    }

    private boolean isDirect() {
        var socket = kernel;
        if (socket == null || !socket.isOpen()) {
            return false;
        }
        if (piped) {
            piped = inPipeline() > 0;
        }
        return !piped;
    }

    private Socket kernel() {
        var socket = kernel;
        if (socket == null) {
            throw new IllegalStateException("not on epoll");
        }
        return socket;
    }

    private long inPipeline() {
        var ctx = context;
        var buffer = ctx == null ? null : ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /// Small frames go on as one buffer: a handler's or a ring's work is by the buffer.
    private void toPipeline(List<FrameSlice> frames, int sent) {
        var ctx = context();
        ByteBuf together = null;
        try {
            int skip = sent;
            for (var frame : frames) {
                int length = frame.length() - skip;
                skip = Math.max(0, -length);
                if (length <= 0) {
                    continue;
                }
                piped = true;
                int start = frame.end() - length;
                if (frame.shareable()) {
                    var before = together;
                    together = null;
                    if (before != null) {
                        var ignored = ctx.write(before, ctx.voidPromise());
                    }
                    share(ctx, frame.in(), start, length);
                } else {
                    if (together == null) {
                        together = ctx.alloc().directBuffer(length);
                    }
                    together.writeBytes(frame.in(), start, length);
                }
            }
            if (together != null) {
                var last = together;
                together = null;
                var ignored = ctx.write(last, ctx.voidPromise());
            }
        } finally {
            ReferenceCountUtil.release(together);
        }
        if (piped) {
            ctx.flush();
            report();
        }
    }

    private void share(ChannelHandlerContext ctx, ByteBuf in, int start, int length) {
        var slice = in.retainedSlice(start, length);
        // Everybody who keeps it has a part of it; the strand's own reference goes soon.
        sharedBehind += length - length / Math.max(1, in.refCnt() - 1);
        var ignored = ctx.write(slice, ctx.voidPromise());
    }

    /// Tells the user how much the pipeline holds. Netty tells of no write that it has finished but
    /// by a promise, so where much waits there is one behind it.
    private void report() {
        long pending = inPipeline();
        if (pending == 0) {
            sharedBefore = 0;
            sharedBehind = 0;
        }
        long before = reported;
        long now = Math.max(0, pending - sharedBefore - sharedBehind);
        if (now != before) {
            reported = now;
            user.holds(before, now);
        }
        if (!marked && MemoryAccount.isCounted(0, pending)) {
            marked = true;
            sharedBefore += sharedBehind;
            sharedBehind = 0;
            context()
                    .pipeline()
                    .firstContext()
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(ignored -> onStrand(this::unmark));
        }
    }

    private void unmark() {
        marked = false;
        sharedBefore = 0;
        report();
    }

    @Override
    public boolean isWritable() {
        return !piped || context().channel().isWritable();
    }

    @Override
    public long waitingBytes() {
        return piped ? inPipeline() : 0;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        var ignored =
                onStrand(
                        () -> {
                            report();
                            if (isWritable()) {
                                user.writable();
                            }
                        });
    }

    // ---- end ------------------------------------------------------------------------------------

    @Override
    public void finish(ByteBuf frame, boolean wholly) {
        var ctx = context();
        var written = ctx.writeAndFlush(frame);
        if (wholly) {
            written.addListener(ChannelFutureListener.CLOSE);
        } else if (ctx.pipeline().get(SslHandler.class) == null
                && ctx.channel() instanceof DuplexChannel channel) {
            written.addListener(
                    flushed -> {
                        var ignored = channel.shutdownOutput();
                    });
        }
    }

    @Override
    public void close() {
        closing = true;
        var ignored = context().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        var ignored =
                onStrand(
                        () -> {
                            report();
                            user.down(failure);
                        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var ignored = onStrand(() -> failed(cause));
    }

    private void failed(Throwable cause) {
        // The waiting buffers of an abandoned line fail one by one.
        if (!closing && failure == null) {
            failure = cause;
            LOG.debug("A WebSocket's line failed", cause);
            close();
        }
    }

    /// The handlers of the pipeline.
    public List<String> names() {
        return context().pipeline().names();
    }
}
