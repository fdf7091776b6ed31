package io.natter.servlet;

import io.natter.host.CloseCode;
import io.natter.host.CountedHostMetrics;
import io.natter.host.MemoryBudget;
import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.host.strand.StrandWebSocket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A WebSocket of a container. Messages wait in a [SendQueue]; events come from
/// [ContainerEndpoint].
final class ContainerWebSocket extends StrandWebSocket implements SendQueue.Listener {
    /// The time that the container may wait for the peer's close frame.
    private static final long CLOSE_MILLIS = 10_000;

    private final SendQueue queue = new SendQueue(this);
    private final InputGate gate = new InputGate();
    private final OpenSockets all;
    private volatile @Nullable Session session;

    /// @param all counts this one from its opening to its end
    ContainerWebSocket(
            Strand strand, MemoryBudget budget, CountedHostMetrics metrics, OpenSockets all) {
        super(strand, budget, metrics);
        this.all = all;
    }

    InputGate gate() {
        return gate;
    }

    /// The container has opened the connection.
    void opened(Session opened, Function<WebSocketConnection, WebSocketListener> to) {
        session = opened;
        all.opened();
        opened(to);
    }

    /// The container has ended the connection.
    void containerEnded(int code, String reason) {
        ended(code, reason);
        all.ended();
    }

    /// The client went away before the connection was open.
    void neverOpened(Function<WebSocketConnection, WebSocketListener> to) {
        opened(to);
        ended(CloseCode.ABNORMAL, "the client went away during the handshake");
    }

    void received(int bytes) {
        metrics().received(bytes);
    }

    void violated() {
        metrics().violations.increment();
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
                        done.onResult(new SendResult());
                    });
        }
    }

    private void add(int bytes, Start start) {
        metrics().sent(bytes);
        queue.add(new Message(bytes, start));
    }

    @FunctionalInterface
    private interface Start {
        void accept(SendHandler done) throws IOException;
    }

    private record Message(int bytes, Start how) implements SendQueue.Sending {
        @Override
        public void start(SendHandler done) throws IOException {
            how.accept(done);
        }
    }

    @Override
    public void added(int bytes) {
        queued(bytes);
    }

    @Override
    public void sent(int bytes) {
        taken(bytes);
    }

    @Override
    public void failed(Throwable cause) {
        failed(String.valueOf(cause.getMessage()));
        terminate();
    }

    @Override
    public void flush() {
        // The container writes each message at once.
    }

    @Override
    public void setReading(boolean on) {
        gate.setReading(on);
    }

    // ---- end

    @Override
    public void close(int code, String reason) {
        if (session != null && isOpen()) {
            // The queue ends with this message.
            add(0, done -> shut(code, reason));
        }
    }

    @Override
    protected void drop() {
        gate.close();
        queue.end();
    }

    /// The container may block while it closes.
    @Override
    protected void shut(int code, String reason) {
        var to = session;
        if (to != null) {
            Thread.startVirtualThread(() -> close(to, code, reason));
        }
    }

    /// A container cannot send a close frame without a status. Tomcat would write 1005, which
    /// stands for that, and clients refuse it.
    private CloseReason reason(int code, String reason) {
        if (code != CloseCode.NO_STATUS) {
            return new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason);
        }
        return new CloseReason(
                all.isStopping()
                        ? CloseReason.CloseCodes.GOING_AWAY
                        : CloseReason.CloseCodes.NORMAL_CLOSURE,
                null);
    }

    private void close(Session session, int code, String reason) {
        try {
            session.setMaxIdleTimeout(CLOSE_MILLIS);
            session.close(reason(code, reason));
        } catch (IOException | RuntimeException e) {
            // It has ended already.
        }
    }
}
