package io.natter.engine;

import io.natter.engine.polling.PostBody;
import io.natter.host.HttpCompression;
import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plain HTTP request: a handshake, a `GET` that waits or a `POST` that brings packets.
final class PollingRequest extends EngineRequest {
    private static final byte[] NOTHING = {};

    private final HttpExchange exchange;

    /// Where the body of a POST waits that came by another strand than the session's.
    private @Nullable PostBody body;

    // On the session's strand, or before there is a session on the connection's.
    private @Nullable PollingTransport carrier;
    private boolean gone;

    PollingRequest(SessionContext context, HttpExchange exchange) {
        super(context, exchange.request(), exchange.strand());
        this.exchange = exchange;
    }

    /// The transport that answers this request, and is told when the client goes away.
    void carriedBy(PollingTransport transport) {
        carrier = transport;
    }

    @Override
    boolean isGone() {
        return gone;
    }

    @Override
    void watch() {
        exchange.onAbort(() -> gone = true);
    }

    private void aborted() {
        gone = true;
        if (carrier != null) {
            carrier.aborted(this);
        }
    }

    /// Gives the body of a POST to `reader`. On the session's strand.
    void readBody(HttpExchange.BodyReader reader) {
        if (body == null) {
            exchange.readBody(context().options().maxHttpBufferSize(), reader);
        } else {
            body.readBy(reader);
        }
    }

    @Override
    boolean isUpgrade() {
        return false;
    }

    @Override
    void answerRefusal(Refusal refusal) {
        forbidSniffing();
        exchange.respond(response(refusal.status(), "application/json", refusal.json()));
    }

    @Override
    void answer(HttpResponse response) {
        response.headers().forEach(headers()::put);
        exchange.respond(
                new HttpResponse(response.status(), headers(), response.body(), response.shared()));
    }

    /// Answers without a body.
    void respondEmpty(int status) {
        forbidSniffing();
        exchange.respond(response(status, null, NOTHING));
    }

    /// Answers a request of a session with 200, compressed with `coding` where that is not null.
    void respondOk(String contentType, byte[] body, @Nullable HttpCompression coding) {
        var agent = request().header("user-agent");
        if (agent != null && (agent.contains(";MSIE") || agent.contains("Trident/"))) {
            header("X-XSS-Protection", "0");
        }
        forbidSniffing();
        header("Content-Type", contentType);
        header("cache-control", "no-store");
        if (coding != null) {
            header("Content-Encoding", coding.token());
        }
        context().sessionHeaders(this);
        if (coding == null) {
            exchange.respond(response(200, null, body));
        } else {
            // Compressing takes milliseconds that a strand does not have.
            Thread.startVirtualThread(() -> respondCompressed(body, coding));
        }
    }

    private void respondCompressed(byte[] body, HttpCompression coding) {
        try {
            exchange.respond(response(200, null, coding.compress(body)));
        } catch (Throwable e) {
            context().logs().failure("compression", "an answer could not be compressed", e);
            fail();
        }
    }

    /// A browser must not take a client's bytes for a page or a script.
    private void forbidSniffing() {
        header("X-Content-Type-Options", "nosniff");
    }

    @Override
    void join(EngineSession session) {
        var home = session.strand();
        if (home.isCurrent()) {
            exchange.onAbort(this::aborted);
            session.http(this);
            return;
        }
        if (request().method().equals("POST")) {
            body = new PostBody(home);
        }
        home.executeAfterReads(() -> session.http(this));
        exchange.onAbort(() -> home.executeAfterReads(this::aborted));
        if (body != null) {
            exchange.readBody(context().options().maxHttpBufferSize(), body);
        }
    }

    @Override
    void open(String id) {
        var cookie = context().options().cookie();
        if (cookie != null) {
            headers().put("Set-Cookie", List.of(cookie.header(id)));
        }
        var session = new EngineSession(context(), id, this);
        if (context().register(session, this)) {
            session.openPolling(this);
        } else {
            place().free();
            answerRefusal(new Refusal(ConnectionError.Code.BAD_REQUEST, "ID_GENERATION_ERROR"));
        }
    }
}
