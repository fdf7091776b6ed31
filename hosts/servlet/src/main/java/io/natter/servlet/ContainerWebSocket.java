package io.natter.servlet;

import io.natter.host.ClientMemory;
import io.natter.host.CloseCode;
import io.natter.host.MemoryBudget;
import io.natter.host.PreparedMessage;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A WebSocket of a container. Messages wait in a [SendQueue]; events come from
/// [ContainerEndpoint].
final class ContainerWebSocket extends ClientMemory
        implements WebSocketConnection, SendQueue.Listener {
    private static final RateLimitedLog LOGS = new RateLimitedLog(ContainerWebSocket.class);
    private static final int LOW_WATER = 32 * 1024;
    private static final int HIGH_WATER = 64 * 1024;

    /// The container may wait so long for the peer's close frame.
    private static final long CLOSE_MILLIS = 10_000;

    private final Strand strand;
    private final MemoryBudget budget;
    private final ServletMetrics metrics;
    private final SendQueue queue = new SendQueue(this);
    private final InputGate gate = new InputGate();
    private final AtomicBoolean isFull = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile @Nullable Session session;
    private volatile @Nullable WebSocketListener listener;

    /// The last failure of the connection, for the reason of its end.
    private volatile String failure = "";

    ContainerWebSocket(Strand strand, MemoryBudget budget, ServletMetrics metrics) {
        this.strand = strand;
        this.budget = budget;
        this.metrics = metrics;
    }

    @Override
    public Strand strand() {
        return strand;
    }

    @Override
    protected MemoryBudget budget() {
        return budget;
    }

    InputGate gate() {
        return gate;
    }

    // ---- life

    /// The container has opened the connection; `to` makes its listener on the strand.
    void opened(
            Session opened,
            java.util.function.Function<WebSocketConnection, WebSocketListener> to) {
        session = opened;
        metrics.upgrades.increment();
        post(() -> listener = to.apply(this));
    }

    /// The client went away before the connection was open.
    void neverOpened(java.util.function.Function<WebSocketConnection, WebSocketListener> to) {
        post(() -> listener = to.apply(this));
        metrics.upgrades.increment();
        ended(CloseCode.ABNORMAL, "the client went away during the handshake");
    }

    void failed(String why) {
        failure = why;
    }

    @Override
    public void failed(Throwable cause) {
        failure = String.valueOf(cause.getMessage());
        terminate();
    }

    /// The connection has ended. Any thread; only the first call counts.
    void ended(int code, String reason) {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        metrics.webSocketsClosed.increment();
        gate.close();
        queue.end();
        closeAccount();
        var why = reason.isEmpty() ? failure : reason;
        post(
                () -> {
                    var to = listener;
                    if (to != null) {
                        to.closed(code, why);
                    }
                });
    }

    void received(int bytes) {
        metrics.received(bytes);
    }

    void violated() {
        metrics.violations.increment();
    }

    boolean isOpen() {
        return !isClosed.get();
    }

    /// Runs an event on the strand, if it still runs.
    void post(Runnable event) {
        try {
            strand.execute(event);
        } catch (RejectedExecutionException e) {
            // The host has ended.
        }
    }

    /// Hands an event of the open connection to the listener.
    void tell(Consumer<WebSocketListener> event) {
        post(
                () -> {
                    var to = listener;
                    if (to != null && isOpen()) {
                        try {
                            event.accept(to);
                        } catch (Throwable t) {
                            broke(t);
                        }
                    }
                });
    }

    /// A listener threw: the connection is closed, and the strand goes on.
    private void broke(Throwable cause) {
        LOGS.failure("listener", "a listener of a WebSocket threw; the WebSocket is closed", cause);
        metrics.failures.increment();
        refuse(CloseCode.INTERNAL_ERROR, "the server failed on this connection");
    }

    // ---- output

    @Override
    public void send(PreparedMessage message, boolean prefixed) {
        boolean withPrefix = prefixed && message.prefix() != PreparedMessage.NO_PREFIX;
        int bytes = message.size() + (withPrefix ? 1 : 0);
        var to = session;
        if (to == null || !isOpen()) {
            return;
        }
        if (message.opcode() == PreparedMessage.TEXT) {
            sendText(to, message.string(prefixed), bytes);
        } else {
            var data = withPrefix ? prefixed(message) : message.payload();
            add(bytes, done -> to.getAsyncRemote().sendBinary(ByteBuffer.wrap(data), done));
        }
    }

    private static byte[] prefixed(PreparedMessage message) {
        var data = new byte[message.size() + 1];
        data[0] = (byte) message.prefix();
        System.arraycopy(message.payload(), 0, data, 1, message.size());
        return data;
    }

    @Override
    public void sendText(String text) {
        var to = session;
        if (to != null && isOpen()) {
            sendText(to, text, text.length());
        }
    }

    private void sendText(Session to, String text, int bytes) {
        add(bytes, done -> to.getAsyncRemote().sendText(text, done));
    }

    @Override
    public void ping(byte[] payload) {
        var to = session;
        if (to != null && isOpen()) {
            add(
                    payload.length,
                    done -> {
                        to.getAsyncRemote().sendPing(ByteBuffer.wrap(payload));
                        done.onResult(new jakarta.websocket.SendResult());
                    });
        }
    }

    private void add(int bytes, Start start) {
        metrics.sent(bytes);
        queue.add(new Message(bytes, start));
        if (queue.bytes() >= HIGH_WATER) {
            isFull.set(true);
            whenLow(queue.bytes());
        }
    }

    @FunctionalInterface
    private interface Start {
        void accept(jakarta.websocket.SendHandler done) throws java.io.IOException;
    }

    private record Message(int bytes, Start how) implements SendQueue.Sending {
        @Override
        public void start(jakarta.websocket.SendHandler done) throws java.io.IOException {
            how.accept(done);
        }
    }

    @Override
    public void added(long before, long after) {
        holds(before, after);
    }

    @Override
    public void sent(long before, long after) {
        holds(before, after);
        whenLow(after);
    }

    private void whenLow(long bytes) {
        if (bytes < LOW_WATER && isFull.compareAndSet(true, false)) {
            tell(WebSocketListener::writable);
        }
    }

    @Override
    public void flush() {
        // The container writes each message at once.
    }

    @Override
    public boolean isWritable() {
        return isOpen() && !isFull.get();
    }

    @Override
    public long waitingBytes() {
        return queue.bytes();
    }

    @Override
    public void setReading(boolean on) {
        gate.setReading(on);
    }

    // ---- end

    @Override
    public void close(int code, String reason) {
        var to = session;
        if (to != null && isOpen()) {
            // The queue ends with this message.
            add(0, done -> Thread.startVirtualThread(() -> close(to, code, reason)));
        }
    }

    @Override
    public void terminate() {
        ended(CloseCode.ABNORMAL, "");
        var to = session;
        if (to != null) {
            Thread.startVirtualThread(() -> close(to, CloseCode.GOING_AWAY, ""));
        }
    }

    /// Closes for a fault of the peer.
    void refuse(int code, String reason) {
        var to = session;
        ended(code, reason);
        if (to != null) {
            Thread.startVirtualThread(() -> close(to, code, reason));
        }
    }

    private static void close(Session session, int code, String reason) {
        try {
            session.setMaxIdleTimeout(CLOSE_MILLIS);
            session.close(
                    // Tomcat would write the 1005 that stands for no status, and clients refuse it.
                    code == CloseCode.NO_STATUS
                            ? new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, null)
                            : new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (java.io.IOException | RuntimeException e) {
            // It has ended already.
        }
    }

    @Override
    public void closeForMemory(String detail) {
        post(
                () -> {
                    var to = listener;
                    if (!isOpen()) {
                        return;
                    }
                    metrics.closedForMemory.increment();
                    if (to != null) {
                        to.overMemory(detail);
                    }
                    failure = "out of memory budget: " + detail;
                    terminate();
                });
    }
}
