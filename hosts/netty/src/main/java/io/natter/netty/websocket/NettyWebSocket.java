package io.natter.netty.websocket;

import io.natter.host.CloseCode;
import io.natter.host.Loggers;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.netty.frame.FrameException;
import io.natter.netty.frame.FrameWriter;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.FailureLog;
import io.natter.netty.loop.HostCounters;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A WebSocket: its input and its life cycle. On the strand.
///
/// States: `HANDSHAKE` → `OPEN` → `CLOSING` → `CLOSED`; any of them → `CLOSED`. In `OPEN` the
/// listener is known. In `CLOSING` a close frame was written, and input is discarded. In `CLOSED`
/// the connection is down, or about to be.
public final class NettyWebSocket extends WebSocketInput {
    private static final FailureLog FAILURES = new FailureLog(Loggers.of(NettyWebSocket.class));

    private enum State {
        HANDSHAKE,
        OPEN,
        CLOSING,
        CLOSED
    }

    private State state = State.HANDSHAKE;
    private @Nullable WebSocketListener listener;
    private @Nullable ClosingHandshake closing;
    private @Nullable String failure;

    /// @param deflate what was agreed on, not what was offered
    public NettyWebSocket(
            EventLoopStrand strand,
            HostCounters counters,
            int maxMessageBytes,
            UpgradeExchange.@Nullable Deflate deflate) {
        super(strand, counters, maxMessageBytes, deflate);
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// The 101 is on its way and the connection is on its strand: starts the traffic. The listener
    /// is asked for even if the connection has broken meanwhile; it then hears that next.
    public void open(Function<WebSocketConnection, WebSocketListener> factory) {
        boolean alive = state == State.HANDSHAKE && isUp();
        state = alive ? State.OPEN : State.CLOSED;
        try {
            if (alive) {
                startReading();
            }
            listener = factory.apply(this);
            counters().upgrades.increment();
        } catch (Throwable t) {
            broke("The listener of a WebSocket could not be made; it is closed", t);
        }
        if (!alive) {
            end(
                    CloseCode.ABNORMAL,
                    failure == null ? "the connection broke during the handshake" : failure);
        } else {
            readEarly();
        }
    }

    @Override
    public void close(int code, String reason) {
        if (state != State.OPEN) {
            return;
        }
        state = State.CLOSING;
        try {
            write(strand.lend(FrameWriter.close(connection().alloc(), code, reason)));
            closing = ClosingHandshake.ours(connection(), strand);
            readToTheEnd();
        } catch (Throwable t) {
            broke("A WebSocket could not be closed by a close frame, and is closed without", t);
        }
    }

    @Override
    public void terminate() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        try {
            strand.closeSoon(connection());
        } catch (Throwable t) {
            FAILURES.report("A WebSocket is closed at once", t);
            connection().close();
        }
    }

    @Override
    public void broke(String what, Throwable cause) {
        counters().failed(cause);
        FAILURES.report(what, cause);
        try {
            if (state == State.OPEN && !isInterrupted()) {
                close(CloseCode.INTERNAL_ERROR, "internal error");
            } else {
                terminate("internal error");
            }
        } catch (Throwable t) {
            FAILURES.report("A WebSocket could not be closed properly", t);
        }
    }

    @Override
    public void terminate(String why) {
        if (failure == null) {
            failure = why;
        }
        terminate();
    }

    @Override
    boolean isInHandshake() {
        return state == State.HANDSHAKE;
    }

    @Override
    boolean isOver() {
        return failure != null || state == State.CLOSED;
    }

    @Override
    void violated(FrameException e) {
        counters().violations.increment();
        failure = e.reason();
        if (state == State.OPEN) {
            state = State.CLOSING;
            flush();
            closing = ClosingHandshake.violated(connection(), strand, traffic, e);
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
            write(
                    strand.lend(
                            FrameWriter.control(connection().alloc(), FrameWriter.PONG, payload)));
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
            closing = ClosingHandshake.answer(connection(), strand, traffic, code);
        } else {
            terminate();
        }
        end(code, reason);
    }

    @Override
    void tellWritable() {
        var to = listener;
        try {
            if (to != null && isWritable()) {
                to.writable();
            }
        } catch (Throwable t) {
            broke("The listener of a WebSocket threw; it is closed", t);
        }
    }

    @Override
    void overMemory(String detail) {
        if (state == State.CLOSED) {
            return;
        }
        counters().closedForMemory.increment();
        var to = listener;
        try {
            if (to != null) {
                to.overMemory(detail);
            }
        } catch (Throwable t) {
            FAILURES.report("The listener of a WebSocket threw as it was closed", t);
        }
        terminate("out of memory budget: " + detail);
        // The connection is closed later, when its turn has come.
        dropInput();
    }

    // ---- end ------------------------------------------------------------------------------------

    @Override
    public void down(@Nullable Throwable cause) {
        state = State.CLOSED;
        if (failure == null && cause != null) {
            failure =
                    cause instanceof IOException
                            ? String.valueOf(cause.getMessage())
                            : "internal error";
        }
        if (cause != null && !(cause instanceof IOException)) {
            counters().failed(cause);
        }
        try {
            letGo();
        } catch (Throwable t) {
            FAILURES.report("A WebSocket's memory could not be given back", t);
        }
        end(
                CloseCode.ABNORMAL,
                failure == null ? "the connection broke without a close frame" : failure);
    }

    private void letGo() {
        var waiting = closing;
        closing = null;
        if (waiting != null) {
            waiting.over();
        }
        dropInput();
        closeAccount();
    }

    private void end(int code, String reason) {
        var to = listener;
        if (to == null) {
            return;
        }
        listener = null;
        counters().webSocketsClosed.increment();
        try {
            to.closed(code, reason);
        } catch (Throwable t) {
            counters().failed(t);
            FAILURES.report("The listener of a WebSocket threw at its end", t);
        }
    }
}
