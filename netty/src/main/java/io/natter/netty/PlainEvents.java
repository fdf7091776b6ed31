package io.natter.netty;

import io.natter.engine.WebSocketListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From what happens on a line to the handlers of its [PlainSocket], in order. On the strand.
final class PlainEvents implements WebSocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(PlainEvents.class);

    private final PlainWebSocketServer server;
    private final PlainSocket socket;
    private final NettyWebSocket line;
    private final Dispatch dispatch;
    private final Mailbox mailbox;

    PlainEvents(
            PlainWebSocketServer server,
            PlainSocket socket,
            NettyWebSocket line,
            Dispatch dispatch) {
        this.server = server;
        this.socket = socket;
        this.line = line;
        this.dispatch = dispatch;
        this.mailbox =
                new Mailbox(
                        () -> line.setReading(false),
                        () -> line.strand().execute(() -> line.setReading(true)));
    }

    void opened(List<Consumer<PlainSocket>> handlers) {
        handle(() -> handlers.forEach(handler -> handler.accept(socket)), 0);
    }

    private void handle(Runnable handler, int bytes) {
        Runnable guarded = () -> guard(handler);
        switch (dispatch) {
            case VIRTUAL -> mailbox.add(guarded, bytes);
            case INLINE -> guarded.run();
        }
    }

    private void guard(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException e) {
            var hook = socket.onError;
            if (hook == null) {
                LOG.error("A handler of a plain WebSocket threw", e);
                return;
            }
            try {
                hook.accept(e);
            } catch (RuntimeException again) {
                again.addSuppressed(e);
                LOG.error("The error handler of a plain WebSocket threw", again);
            }
        }
    }

    @Override
    public void text(byte[] utf8) {
        handle(() -> socket.onText.accept(PlainSocket.string(utf8)), utf8.length);
    }

    @Override
    public void binary(byte[] data) {
        handle(() -> socket.onBinary.accept(data), data.length);
    }

    @Override
    public void ping(byte[] payload) {
        handle(() -> socket.onPing.accept(payload), payload.length);
    }

    @Override
    public void pong(byte[] payload) {
        handle(() -> socket.onPong.accept(payload), payload.length);
    }

    @Override
    public void writable() {}

    @Override
    public void closed(int code, String reason) {
        server.left(socket, line.strand());
        handle(() -> socket.onClose.closed(code, reason), 0);
    }
}
