package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A WebSocket, and at once its only handler: apart from TLS the pipeline holds nothing else.
/// Outgoing frames are whole buffers from the strand. Everything but `waitingBytes` on the strand.
///
/// States: `HANDSHAKE` → `OPEN` (the listener is known) → `CLOSING` (a close frame was written;
/// what comes is thrown away) → `CLOSED` (the line is down); any of them → `CLOSED`.
final class NettyWebSocket extends ChannelInboundHandlerAdapter
        implements WebSocketConnection, FrameReader.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(NettyWebSocket.class);

    /// How long the peer may take to answer a close frame.
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// How long bytes are still read after a violation, so that the peer gets to see the close
    /// frame instead of a reset.
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int ABNORMAL = 1006;
    private static final int INTERNAL_ERROR = 1011;
    private static final int NO_DEFLATE = -1;

    private enum State {
        HANDSHAKE,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final EventLoopStrand strand;
    private final HostMetrics metrics;
    private final FrameReader reader;
    private final int deflateThreshold;

    private State state = State.HANDSHAKE;
    private @Nullable ChannelHandlerContext context;
    private @Nullable WebSocketListener listener;
    private @Nullable ByteBuf early;
    private @Nullable Runnable cancelTimer;
    private @Nullable String failure;
    private boolean touched;

    /// Bytes that TLS holds back until the flush, which the channel does not count yet. Written on
    /// the strand, read anywhere.
    private volatile int unflushed;

    private boolean tls;

    /// @param deflate what was agreed on, not what was offered
    NettyWebSocket(
            EventLoopStrand strand,
            HostMetrics metrics,
            int maxMessageBytes,
            UpgradeExchange.@Nullable Deflate deflate) {
        this.strand = strand;
        this.metrics = metrics;
        this.reader = new FrameReader(maxMessageBytes, deflate != null);
        this.deflateThreshold = deflate == null ? NO_DEFLATE : Math.max(1, deflate.threshold());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        tls = ctx.pipeline().get(SslHandler.class) != null;
    }

    private ChannelHandlerContext context() {
        var ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    /// Writes the answer to the handshake; `open` follows in the same task.
    void writeHandshake(ByteBuf answer) {
        write(answer);
    }

    /// The 101 is on its way and the connection is on its strand: starts the traffic. The listener
    /// is asked for even if the line has broken meanwhile; it then hears that next.
    void open(Function<WebSocketConnection, WebSocketListener> factory) {
        var ctx = context;
        boolean alive = ctx != null && state == State.HANDSHAKE && ctx.channel().isActive();
        state = alive ? State.OPEN : State.CLOSED;
        if (ctx != null && alive) {
            ctx.channel().config().setAutoRead(true);
        }
        try {
            listener = factory.apply(this);
            metrics.upgrades.increment();
        } catch (RuntimeException e) {
            LOG.error("The listener of a WebSocket could not be made", e);
            close(INTERNAL_ERROR, "internal error");
        }
        if (ctx == null || !alive) {
            end(ABNORMAL, "the line broke during the handshake");
            return;
        }
        var first = early;
        early = null;
        if (first != null) {
            channelRead(ctx, first);
        }
    }

    @Override
    public EventLoopStrand strand() {
        return strand;
    }

    HostMetrics metrics() {
        return metrics;
    }

    @Override
    public void send(Outgoing message, int protocol) {
        if (state != State.OPEN) {
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
    public void sendText(String text) {
        if (state == State.OPEN) {
            write(OutFrames.text(context().alloc(), text));
            metrics.messagesOut.increment();
        }
    }

    /// Sends a ping of at most 125 bytes.
    void ping(byte[] payload) {
        if (state == State.OPEN) {
            write(OutFrames.control(context().alloc(), OutFrames.PING, payload));
        }
    }

    private void write(ByteBuf frame) {
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
    void flushNow() {
        touched = false;
        flush();
    }

    @Override
    public void flush() {
        context().flush();
        if (tls) {
            unflushed = 0;
        }
    }

    @Override
    public boolean isWritable() {
        return state == State.OPEN && context().channel().isWritable();
    }

    @Override
    public long waitingBytes() {
        var ctx = context;
        if (ctx == null) {
            return 0;
        }
        var buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() + unflushed;
    }

    @Override
    public void close(int code, String reason) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            write(OutFrames.close(context().alloc(), code, reason));
            context().channel().config().setAutoRead(true);
            startTimer(CLOSE_NANOS);
        }
    }

    @Override
    public void terminate() {
        if (state != State.CLOSED) {
            var _ = context().close();
        }
    }

    /// Closes at once; `why` is what the listener is told.
    void terminate(String why) {
        if (failure == null) {
            failure = why;
        }
        terminate();
    }

    /// What stands in the pipeline.
    List<String> pipelineNames() {
        return context().pipeline().names();
    }

    /// Stops or resumes reading from the kernel, which makes a sender wait.
    void setReading(boolean on) {
        if (state == State.OPEN) {
            context().channel().config().setAutoRead(on);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf in)) {
            ReferenceCountUtil.release(msg);
            return;
        }
        if (state == State.HANDSHAKE) {
            keep(ctx, in);
            return;
        }
        metrics.bytesIn.add(in.readableBytes());
        try {
            if (failure == null) {
                reader.read(in, this);
            }
        } catch (FrameException e) {
            violated(ctx, e);
        } catch (RuntimeException e) {
            LOG.error("The listener of a WebSocket threw", e);
            close(INTERNAL_ERROR, "internal error");
        } finally {
            in.release();
        }
    }

    /// Bytes that came in one read with the handshake.
    private void keep(ChannelHandlerContext ctx, ByteBuf in) {
        var before = early;
        if (before == null) {
            early = in;
        } else {
            early = ctx.alloc().compositeBuffer().addComponents(true, before, in);
        }
    }

    private void violated(ChannelHandlerContext ctx, FrameException e) {
        metrics.violations.increment();
        failure = e.reason();
        if (state == State.OPEN) {
            state = State.CLOSING;
            var frame = OutFrames.close(ctx.alloc(), e.code(), e.reason());
            metrics.bytesOut.add(frame.readableBytes());
            ctx.writeAndFlush(frame)
                    .addListener(
                            _ -> {
                                if (!tls && ctx.channel() instanceof DuplexChannel channel) {
                                    var _ = channel.shutdownOutput();
                                }
                            });
            startTimer(LINGER_NANOS);
            end(e.code(), e.reason());
        } else {
            terminate();
        }
    }

    private void startTimer(long nanos) {
        if (cancelTimer == null) {
            cancelTimer = strand.schedule(this::terminate, nanos);
        }
    }

    @Override
    public void text(byte[] utf8) {
        var to = listener;
        if (state == State.OPEN && to != null) {
            metrics.messagesIn.increment();
            to.text(utf8);
        }
    }

    @Override
    public void binary(byte[] data) {
        var to = listener;
        if (state == State.OPEN && to != null) {
            metrics.messagesIn.increment();
            to.binary(data);
        }
    }

    @Override
    public void pinged(byte[] payload) {
        if (state != State.OPEN) {
            return;
        }
        // A peer that pings and does not read gets no queue of pongs: RFC 6455 §5.5.3 lets the
        // latest answer stand for all.
        if (context().channel().isWritable()) {
            write(OutFrames.control(context().alloc(), OutFrames.PONG, payload));
        }
        var to = listener;
        if (to != null) {
            to.ping(payload);
        }
    }

    @Override
    public void ponged(byte[] payload) {
        var to = listener;
        if (state == State.OPEN && to != null) {
            to.pong(payload);
        }
    }

    @Override
    public void closing(int code, String reason) {
        var ctx = context();
        if (state == State.OPEN) {
            state = State.CLOSING;
            var frame = OutFrames.close(ctx.alloc(), code, "");
            metrics.bytesOut.add(frame.readableBytes());
            ctx.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
            startTimer(LINGER_NANOS);
        } else {
            terminate();
        }
        end(code, reason);
    }

    @Override
    public byte[] inflate(byte[] data, int length, int max) throws FrameException {
        return strand.deflater().inflate(data, length, max);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        var to = listener;
        if (to != null && isWritable()) {
            to.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSED;
        var cancel = cancelTimer;
        if (cancel != null) {
            cancelTimer = null;
            cancel.run();
        }
        ReferenceCountUtil.release(early);
        early = null;
        var why = failure;
        end(ABNORMAL, why == null ? "the line broke without a close frame" : why);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (failure == null) {
            failure = String.valueOf(cause.getMessage());
        }
        LOG.debug("A WebSocket failed", cause);
        var _ = ctx.close();
    }

    private void end(int code, String reason) {
        var to = listener;
        if (to == null) {
            return;
        }
        listener = null;
        metrics.webSocketsClosed.increment();
        try {
            to.closed(code, reason);
        } catch (RuntimeException e) {
            LOG.error("The listener of a WebSocket threw at its end", e);
        }
    }
}
