package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What leaves by a WebSocket: whole frames, flushed once a pass of the strand. A class above
/// [NettyWebSocket] and not an object beside it, so that a frame takes no detour. Everything but
/// `waitingBytes` on the strand.
abstract sealed class WebSocketOutput extends ChannelInboundHandlerAdapter
        implements WebSocketConnection permits NettyWebSocket {
    private static final int NO_DEFLATE = -1;

    final EventLoopStrand strand;
    final HostMetrics metrics;
    private final int deflateThreshold;

    private @Nullable ChannelHandlerContext context;
    private boolean touched;

    /// Bytes that TLS holds back until the flush, which the channel does not count yet. Written on
    /// the strand, read anywhere.
    private volatile int unflushed;

    private boolean tls;

    /// @param deflate what was agreed on, not what was offered
    WebSocketOutput(
            EventLoopStrand strand,
            HostMetrics metrics,
            UpgradeExchange.@Nullable Deflate deflate) {
        this.strand = strand;
        this.metrics = metrics;
        this.deflateThreshold = deflate == null ? NO_DEFLATE : Math.max(1, deflate.threshold());
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        tls = ctx.pipeline().get(SslHandler.class) != null;
    }

    /// Null until the socket has its place in the pipeline.
    final @Nullable ChannelHandlerContext place() {
        return context;
    }

    final ChannelHandlerContext context() {
        var ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    /// Whether messages may leave: after the handshake, before any close frame.
    abstract boolean isOpen();

    @Override
    public final EventLoopStrand strand() {
        return strand;
    }

    final HostMetrics metrics() {
        return metrics;
    }

    /// Writes the answer to the handshake; `open` follows in the same task.
    final void writeHandshake(ByteBuf answer) {
        write(answer);
    }

    @Override
    public final void send(Outgoing message, int protocol) {
        if (!isOpen()) {
            return;
        }
        var frame = message.frame();
        boolean compressed =
                deflateThreshold != NO_DEFLATE
                        && message.compress()
                        && PreparedFrames.length(frame) >= deflateThreshold;
        write(
                strand.frame(
                        context().alloc(),
                        message,
                        PreparedFrames.hasEngineForm(frame, protocol),
                        compressed));
        metrics.messagesOut.increment();
    }

    @Override
    public final void sendText(String text) {
        if (isOpen()) {
            write(OutFrames.text(context().alloc(), text));
            metrics.messagesOut.increment();
        }
    }

    /// Sends a ping of at most 125 bytes.
    final void ping(byte[] payload) {
        if (isOpen()) {
            write(OutFrames.control(context().alloc(), OutFrames.PING, payload));
        }
    }

    final void write(ByteBuf frame) {
        var ctx = context();
        int length = frame.readableBytes();
        metrics.bytesOut.add(length);
        if (tls) {
            addUnflushed(length);
        }
        var _ = ctx.write(frame, ctx.voidPromise());
        if (!touched) {
            touched = true;
            strand.touch(this);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the strand writes it
    private void addUnflushed(int length) {
        unflushed += length;
    }

    /// Called by the strand after `touch`.
    final void flushNow() {
        touched = false;
        flush();
    }

    @Override
    public final void flush() {
        context().flush();
        if (tls) {
            unflushed = 0;
        }
    }

    @Override
    public final boolean isWritable() {
        return isOpen() && context().channel().isWritable();
    }

    @Override
    public final long waitingBytes() {
        var ctx = context;
        if (ctx == null) {
            return 0;
        }
        var buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() + unflushed;
    }

    /// What stands in the pipeline.
    final List<String> pipelineNames() {
        return context().pipeline().names();
    }
}
