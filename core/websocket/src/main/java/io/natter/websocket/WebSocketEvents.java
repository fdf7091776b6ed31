package io.natter.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.WebSocketListener;
import java.util.List;
import java.util.function.Consumer;

/// Passes the events of a connection to the handlers of its [WebSocketSession], in order. On the
/// strand.
final class WebSocketEvents implements WebSocketListener {
    private final WebSocketServer server;
    private final WebSocketSession session;
    private final StrandSockets strand;
    private final HandlerQueue handlers;

    WebSocketEvents(
            WebSocketServer server,
            WebSocketSession session,
            StrandSockets strand,
            HandlerQueue handlers) {
        this.server = server;
        this.session = session;
        this.strand = strand;
        this.handlers = handlers;
    }

    void opened(List<Consumer<WebSocketSession>> onConnection) {
        handlers.add(
                () -> onConnection.forEach(each -> session.guard(() -> each.accept(session))), 0);
    }

    @Override
    public void text(byte[] utf8) {
        strand.messagesIn.add(1);
        handlers.add(() -> session.onText.accept(new String(utf8, UTF_8)), utf8.length);
    }

    @Override
    public void binary(byte[] data) {
        strand.messagesIn.add(1);
        handlers.add(() -> session.onBinary.accept(data), data.length);
    }

    @Override
    public void ping(byte[] payload) {
        handlers.add(() -> session.onPing.accept(payload), payload.length);
    }

    @Override
    public void pong(byte[] payload) {
        handlers.add(() -> session.onPong.accept(payload), payload.length);
    }

    @Override
    public void writable() {}

    @Override
    public void overMemory(String detail) {
        server.exceededMemory(session, detail);
    }

    @Override
    public void closed(int code, String reason) {
        var why = session.endReason(code, reason);
        server.left(session);
        handlers.add(() -> session.onClose.closed(code, why), 0);
        handlers.closeAccount();
    }
}
