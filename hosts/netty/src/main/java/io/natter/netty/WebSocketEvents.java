package io.natter.netty;

import io.natter.host.Loggers;
import io.natter.host.WebSocketListener;
import io.natter.netty.loop.FailureLog;
import io.natter.netty.websocket.NettyWebSocket;
import java.util.List;
import java.util.function.Consumer;

/// From what happens on a line to the handlers of its [WebSocketSession], in order. On the strand.
final class WebSocketEvents implements WebSocketListener {
    private static final FailureLog FAILURES = new FailureLog(Loggers.of(WebSocketEvents.class));

    private final WebSocketServer server;
    private final WebSocketSession socket;
    private final NettyWebSocket line;
    private final Dispatch dispatch;
    private final Mailbox mailbox;

    WebSocketEvents(
            WebSocketServer server,
            WebSocketSession socket,
            NettyWebSocket line,
            Dispatch dispatch) {
        this.server = server;
        this.socket = socket;
        this.line = line;
        this.dispatch = dispatch;
        this.mailbox = new Mailbox(new MailOwner(line));
    }

    private record MailOwner(NettyWebSocket line) implements Mailbox.Owner {
        /// What is added comes from the line, so this is its strand.
        @Override
        public void pause() {
            line.setReading(false);
        }

        @Override
        public void resume() {
            line.strand().execute(() -> line.setReading(true));
        }

        @Override
        public void holds(long before, long after) {
            line.holds(before, after);
        }

        @Override
        public void failed(Throwable cause) {
            line.strand()
                    .execute(
                            () ->
                                    line.broke(
                                            "A handler of a plain WebSocket failed; it is closed",
                                            cause));
        }
    }

    void opened(List<Consumer<WebSocketSession>> handlers) {
        handle(() -> handlers.forEach(handler -> handler.accept(socket)), 0);
    }

    private void handle(Runnable handler, int bytes) {
        Runnable guarded = () -> guard(handler);
        switch (dispatch) {
            case VIRTUAL -> mailbox.add(guarded, bytes);
            case INLINE -> guarded.run();
        }
    }

    /// An `Error` goes on to whoever runs this, and closes the socket.
    private void guard(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException e) {
            var hook = socket.onError;
            if (hook == null) {
                FAILURES.report("A handler of a plain WebSocket threw", e);
                return;
            }
            try {
                hook.accept(e);
            } catch (RuntimeException again) {
                again.addSuppressed(e);
                FAILURES.report("The error handler of a plain WebSocket threw", again);
            }
        }
    }

    @Override
    public void text(byte[] utf8) {
        handle(() -> socket.onText.accept(WebSocketSession.string(utf8)), utf8.length);
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
