package io.natter.netty;

import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A WebSocket: here is what comes in, and the life cycle. On the strand.
///
/// States: `HANDSHAKE` → `OPEN` (the listener is known) → `CLOSING` (a close frame was written;
/// what comes is thrown away) → `CLOSED` (the line is down, or about to be); any of them →
/// `CLOSED`.
final class NettyWebSocket extends WebSocketOutput implements Line.User, FrameReader.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(NettyWebSocket.class);

    private static final int ABNORMAL = 1006;
    private static final int INTERNAL_ERROR = 1011;

    private enum State {
        HANDSHAKE,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final FrameReader reader;

    private State state = State.HANDSHAKE;
    private @Nullable WebSocketListener listener;
    private @Nullable ByteBuf early;
    private @Nullable Farewell farewell;
    private @Nullable String failure;

    /// @param deflate what was agreed on, not what was offered
    NettyWebSocket(
            EventLoopStrand strand,
            HostMetrics metrics,
            int maxMessageBytes,
            UpgradeExchange.@Nullable Deflate deflate) {
        super(strand, metrics, deflate);
        this.reader = new FrameReader(maxMessageBytes, deflate != null);
    }

    @Override
    boolean isOpen() {
        return state == State.OPEN;
    }

    /// The 101 is on its way and the connection is on its strand: starts the traffic. The listener
    /// is asked for even if the line has broken meanwhile; it then hears that next.
    void open(Function<WebSocketConnection, WebSocketListener> factory) {
        boolean alive = state == State.HANDSHAKE && isUp();
        state = alive ? State.OPEN : State.CLOSED;
        if (alive) {
            line().setReading(true);
        }
        try {
            listener = factory.apply(this);
            metrics().upgrades.increment();
        } catch (RuntimeException e) {
            LOG.error("The listener of a WebSocket could not be made", e);
            close(INTERNAL_ERROR, "internal error");
        }
        if (!alive) {
            end(ABNORMAL, "the line broke during the handshake");
            return;
        }
        var first = early;
        early = null;
        if (first != null) {
            received(first);
            first.release();
        }
    }

    @Override
    public void close(int code, String reason) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            write(strand.lend(OutFrames.close(line().alloc(), code, reason)));
            farewell = Farewell.ours(line(), strand);
        }
    }

    @Override
    public void terminate() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            strand.closeSoon(line());
        }
    }

    /// Closes at once; `why` is what the listener is told.
    void terminate(String why) {
        if (failure == null) {
            failure = why;
        }
        terminate();
    }

    /// Stops or resumes reading from the kernel, which makes a sender wait.
    void setReading(boolean on) {
        if (state == State.OPEN) {
            line().setReading(on);
        }
    }

    @Override
    public void received(ByteBuf in) {
        if (state == State.HANDSHAKE) {
            keep(in);
            return;
        }
        traffic.bytesIn.add(in.readableBytes());
        try {
            if (failure == null && state != State.CLOSED) {
                strand.reading(true);
                reader.read(in, this);
            }
        } catch (FrameException e) {
            violated(e);
        } catch (RuntimeException e) {
            LOG.error("The listener of a WebSocket threw", e);
            close(INTERNAL_ERROR, "internal error");
        } finally {
            strand.reading(false);
        }
    }

    /// Bytes that came in one read with the handshake.
    private void keep(ByteBuf in) {
        var before = early;
        early = before == null ? line().alloc().buffer(in.readableBytes()) : before;
        early.writeBytes(in);
    }

    private void violated(FrameException e) {
        metrics().violations.increment();
        failure = e.reason();
        if (state == State.OPEN) {
            state = State.CLOSING;
            flush();
            farewell = Farewell.violated(line(), strand, traffic, e);
            end(e.code(), e.reason());
        } else {
            terminate();
        }
    }

    @Override
    public void text(byte[] utf8) {
        var to = listener;
        if (state == State.OPEN && to != null) {
            traffic.messagesIn.add(1);
            to.text(utf8);
        }
    }

    @Override
    public void binary(byte[] data) {
        var to = listener;
        if (state == State.OPEN && to != null) {
            traffic.messagesIn.add(1);
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
        if (isWritable()) {
            write(strand.lend(OutFrames.control(line().alloc(), OutFrames.PONG, payload)));
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
        if (state == State.OPEN) {
            state = State.CLOSING;
            flush();
            farewell = Farewell.answer(line(), strand, traffic, code);
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
    public void writable() {
        var to = listener;
        if (to != null && isWritable()) {
            to.writable();
        }
    }

    @Override
    public void down(@Nullable Throwable cause) {
        state = State.CLOSED;
        var waiting = farewell;
        if (waiting != null) {
            farewell = null;
            waiting.over();
        }
        ReferenceCountUtil.release(early);
        early = null;
        if (failure == null && cause != null) {
            failure = String.valueOf(cause.getMessage());
        }
        end(ABNORMAL, failure == null ? "the line broke without a close frame" : failure);
    }

    private void end(int code, String reason) {
        var to = listener;
        if (to == null) {
            return;
        }
        listener = null;
        metrics().webSocketsClosed.increment();
        try {
            to.closed(code, reason);
        } catch (RuntimeException e) {
            LOG.error("The listener of a WebSocket threw at its end", e);
        }
    }
}
