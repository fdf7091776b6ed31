package io.natter.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plain HTTP request: a handshake, a `GET` that waits or a `POST` that brings packets.
final class HttpCall extends Call {
    private static final byte[] NOTHING = {};

    private final HttpExchange exchange;

    HttpCall(EngineServer server, HttpExchange exchange) {
        super(server, exchange.request(), exchange.strand());
        this.exchange = exchange;
    }

    HttpExchange exchange() {
        return exchange;
    }

    @Override
    boolean isUpgrade() {
        return false;
    }

    @Override
    void answerRefusal(Refusal refusal) {
        exchange.respond(response(refusal.status(), "application/json", refusal.json()));
    }

    @Override
    void answer(HttpResponse response) {
        response.headers().forEach(headers()::put);
        exchange.respond(new HttpResponse(response.status(), headers(), response.body()));
    }

    /// Answers without a body.
    void respondEmpty(int status) {
        exchange.respond(response(status, null, NOTHING));
    }

    /// Answers a request of a session with 200, compressed with `coding` where that is not null.
    void respondOk(String contentType, byte[] body, @Nullable HttpCompression coding) {
        var agent = request().header("user-agent");
        if (agent != null && (agent.contains(";MSIE") || agent.contains("Trident/"))) {
            header("X-XSS-Protection", "0");
        }
        header("Content-Type", contentType);
        header("cache-control", "no-store");
        if (coding != null) {
            header("Content-Encoding", coding.token());
        }
        server().sessionHeaders(this);
        if (coding == null) {
            exchange.respond(response(200, null, body));
        } else {
            // Compressing takes milliseconds that a strand does not have.
            Thread.startVirtualThread(
                    () -> exchange.respond(response(200, null, coding.compress(body))));
        }
    }

    @Override
    void join(EngineSession session) {
        if (session.strand().isCurrent()) {
            session.http(this);
        } else {
            session.strand().execute(() -> session.http(this));
        }
    }

    @Override
    void open(String id) {
        var cookie = server().options().cookie();
        if (cookie != null) {
            headers().put("Set-Cookie", List.of(cookie.header(id)));
        }
        var session = new EngineSession(server(), id, protocol(), request(), strand());
        if (server().register(session, this)) {
            session.openPolling(this);
        } else {
            answerRefusal(new Refusal(ConnectionError.Code.BAD_REQUEST, "ID_GENERATION_ERROR"));
        }
    }
}
