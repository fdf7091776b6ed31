package io.natter.netty;

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
import org.slf4j.LoggerFactory;

/// The end of a pipeline: where there is TLS, a transport other than epoll, or where the channel is
/// somebody else's.
///
/// Where it is alone in an epoll channel, frames are written straight to the kernel. Otherwise, and
/// as long as the kernel has not taken what it was given, they go through the pipeline, small ones
/// as one buffer; the pipeline waits for the kernel.
final class PipelineLine extends ChannelInboundHandlerAdapter implements Line {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineLine.class);

    private final EventLoopStrand strand;
    private final User user;
    private @Nullable ChannelHandlerContext context;

    /// The kernel's socket, where frames may go there straight.
    private @Nullable Socket kernel;

    /// Whether the pipeline may hold bytes that are not written yet.
    private boolean piped = true;

    private boolean closing;
    private @Nullable Throwable failure;

    PipelineLine(EventLoopStrand strand, User user) {
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
    @Nullable Socket socket() {
        var ctx = context();
        return ctx.channel() instanceof EpollSocketChannel channel
                        && ctx.pipeline().first() == this
                        && channel.fd() instanceof Socket socket
                ? socket
                : null;
    }

    /// From here on frames may go straight to the kernel, if nothing in the pipeline wants them.
    void opened() {
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

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
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
                sent = KernelWriter.write(kernel(), in, from, to);
            } catch (IOException _) {
                // The pipeline will meet the same error and knows what belongs to it.
            }
        }
        if (from + sent < to) {
            toPipeline(List.of(new WireFrame(in, from, to - from, shareable)), sent);
        }
    }

    @Override
    public void write(List<WireFrame> frames) {
        long sent = 0;
        if (isDirect()) {
            try {
                sent = strand.kernel().write(kernel(), frames);
            } catch (IOException _) {
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
    private void toPipeline(List<WireFrame> frames, int sent) {
        var ctx = context();
        ByteBuf together = null;
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
                if (together != null) {
                    var _ = ctx.write(together, ctx.voidPromise());
                    together = null;
                }
                var _ = ctx.write(frame.in().retainedSlice(start, length), ctx.voidPromise());
            } else {
                if (together == null) {
                    together = ctx.alloc().directBuffer(length);
                }
                together.writeBytes(frame.in(), start, length);
            }
        }
        if (together != null) {
            var _ = ctx.write(together, ctx.voidPromise());
        }
        if (piped) {
            ctx.flush();
        }
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
        if (isWritable()) {
            user.writable();
        }
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
                    _ -> {
                        var _ = channel.shutdownOutput();
                    });
        }
    }

    @Override
    public void close() {
        closing = true;
        var _ = context().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        user.down(failure);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // What waits for a line that is given up fails buffer by buffer.
        if (!closing && failure == null) {
            failure = cause;
            LOG.debug("A WebSocket's line failed", cause);
            close();
        }
    }

    /// What stands in the pipeline.
    List<String> names() {
        return context().pipeline().names();
    }
}
