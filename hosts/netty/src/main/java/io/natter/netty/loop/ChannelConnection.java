package io.natter.netty.loop;

import io.natter.host.Loggers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// A connection at the end of a Netty pipeline: with TLS, with a transport other than epoll, or
/// with a channel of the application.
///
/// If it is alone in the pipeline of an epoll channel, frames are written directly to the kernel.
/// Otherwise, and while the kernel has not taken earlier bytes, they go through the pipeline, small
/// ones as one buffer. The pipeline waits for the kernel.
///
/// A channel of io_uring may have another event loop than the strand (`UpgradeHandoff`). Its input
/// then becomes a task of the strand, and Netty turns the calls here into tasks of its event loop.
public final class ChannelConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOG = Loggers.of(ChannelConnection.class);

    private final EventLoopStrand strand;
    private final User user;
    private @Nullable ChannelHandlerContext context;

    /// The kernel's socket, if frames may go there directly.
    private @Nullable Socket kernel;

    /// Whether the pipeline may hold bytes that are not written yet.
    private boolean piped = true;

    private final PipelineBytes bytes;
    private boolean closing;
    private @Nullable Throwable failure;

    public ChannelConnection(EventLoopStrand strand, User user) {
        this.strand = strand;
        this.user = user;
        this.bytes = new PipelineBytes(this, user);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    boolean isInPipeline() {
        return context != null;
    }

    ChannelHandlerContext context() {
        var ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    /// The socket of an epoll channel if this is the first handler of its pipeline, or null.
    public @Nullable Socket socket() {
        var ctx = context();
        return ctx.channel() instanceof EpollSocketChannel channel
                        && ctx.pipeline().first() == this
                        && channel.fd() instanceof Socket socket
                ? socket
                : null;
    }

    /// From now on frames may go directly to the kernel, if no handler of the pipeline needs them.
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

    // ---- in

    /// Runs a task on the strand.
    ///
    /// @return false if the strand has ended, as when a host closes; then the task does not run
    boolean onStrand(Runnable task) {
        if (strand.isCurrent()) {
            task.run();
            return true;
        }
        return strand.tryExecute(task);
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

    // ---- out

    @Override
    public void write(ByteBuf in, int from, int to, boolean shareable) {
        int sent = 0;
        if (isDirect()) {
            try {
                sent = GatheringWriter.write(kernel(), in, from, to);
            } catch (IOException ignored) {
                // The pipeline will get the same error and handle it.
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
            piped = bytes.pending() > 0;
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

    /// Small frames go on as one buffer, because handlers and rings have work for each buffer.
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
            bytes.report();
        }
    }

    private void share(ChannelHandlerContext ctx, ByteBuf in, int start, int length) {
        var slice = in.retainedSlice(start, length);
        // Each holder has a part of it. The strand's own reference is released soon.
        bytes.share(length - length / Math.max(1, in.refCnt() - 1));
        var ignored = ctx.write(slice, ctx.voidPromise());
    }

    @Override
    public boolean isWritable() {
        return !piped || context().channel().isWritable();
    }

    @Override
    public long waitingBytes() {
        return piped ? bytes.pending() : 0;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        var ignored =
                onStrand(
                        () -> {
                            bytes.report();
                            if (isWritable()) {
                                user.writable();
                            }
                        });
    }

    // ---- end

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
                            bytes.report();
                            user.down(failure);
                        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var ignored = onStrand(() -> failed(cause));
    }

    private void failed(Throwable cause) {
        // The waiting buffers of an abandoned connection fail one by one.
        if (!closing && failure == null) {
            failure = cause;
            LOG.debug("The connection of a WebSocket failed", cause);
            close();
        }
    }

    /// The handlers of the pipeline.
    public List<String> names() {
        return context().pipeline().names();
    }
}
