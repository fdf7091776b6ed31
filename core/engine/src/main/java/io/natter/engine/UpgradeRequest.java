package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.HttpResponse;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request to become a WebSocket or to use a WebTransport session: a handshake, or the upgrade of
/// a session.
final class UpgradeRequest extends EngineRequest {
    private final UpgradeExchange exchange;

    UpgradeRequest(SessionContext context, UpgradeExchange exchange) {
        super(context, exchange.request(), exchange.strand());
        this.exchange = exchange;
    }

    @Override
    boolean isUpgrade() {
        return true;
    }

    @Override
    boolean isWebTransport() {
        return exchange.isWebTransport();
    }

    /// The transport of the session: a WebSocket, or a WebTransport session.
    TransportName transport() {
        return isWebTransport() ? TransportName.WEBTRANSPORT : TransportName.WEBSOCKET;
    }

    /// The host does not tell; an upgrade that is accepted in vain closes at once.
    @Override
    boolean isGone() {
        return false;
    }

    @Override
    void watch() {}

    /// Always 400, the bare message and no header of CORS or middleware: what npm `engine.io`
    /// answers.
    @Override
    void answerRefusal(Refusal refusal) {
        exchange.refuse(
                new HttpResponse(
                        400,
                        Map.of("Content-Type", List.of("text/html")),
                        refusal.message().getBytes(UTF_8)));
    }

    @Override
    void answer(HttpResponse response) {
        response.headers().forEach(headers()::put);
        exchange.refuse(new HttpResponse(response.status(), headers(), response.body()));
    }

    @Override
    void join(EngineSession session) {
        accept(
                session.strand(),
                connection ->
                        isForTransport() ? session.probe(connection, this) : closed(connection));
    }

    @Override
    void open(String id) {
        accept(
                strand(),
                connection -> {
                    if (isForTransport() && context().newcomersRefused() == null) {
                        var session = new EngineSession(context(), id, this);
                        if (context().register(session, this)) {
                            return session.openWebSocket(connection, this);
                        }
                    }
                    place().free();
                    return closed(connection);
                });
    }

    private boolean isForTransport() {
        return transport().toString().equals(parameter("transport"));
    }

    private void accept(Strand home, Function<WebSocketConnection, WebSocketListener> listener) {
        var options = context().options();
        context().sessionHeaders(this);
        exchange.accept(
                home,
                new UpgradeExchange.Acceptance(
                        headers(),
                        subprotocol(),
                        options.maxHttpBufferSize(),
                        options.perMessageDeflate()),
                listener);
    }

    /// The first that the client offers, as npm `ws` takes it: Engine.IO has none of its own.
    private @Nullable String subprotocol() {
        var offered = request().header("sec-websocket-protocol");
        var first = offered == null ? "" : offered.split(",", 2)[0].strip();
        return first.isEmpty() ? null : first;
    }

    /// The upgrade came too late for a plain refusal: the client gets its 101 and is closed.
    static WebSocketListener closed(WebSocketConnection connection) {
        connection.close(CloseCode.NO_STATUS, ""); // as npm `ws` closes
        return new WebSocketListener() {
            @Override
            public void text(byte[] utf8) {}

            @Override
            public void binary(byte[] data) {}

            @Override
            public void writable() {}

            @Override
            public void closed(int code, String reason) {}
        };
    }
}
