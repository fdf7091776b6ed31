package io.natter.webtransport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.Endpoint;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.util.function.Function;

/// A stream that asks to carry a session of Engine.IO. Any thread.
final class StreamExchange implements UpgradeExchange {
    private static final RateLimitedLog LOGS = new RateLimitedLog(StreamExchange.class);

    private final EngineStream stream;
    private final HttpRequest head;
    private final Strand strand;

    StreamExchange(EngineStream stream, HttpRequest head, Strand strand) {
        this.stream = stream;
        this.head = head;
        this.strand = strand;
    }

    /// Asks the endpoint. On the strand.
    void enter(Endpoint endpoint) {
        try {
            endpoint.upgrade(this);
        } catch (Throwable t) {
            LOGS.failure("endpoint", "an endpoint failed on a WebTransport session", t);
            var host = stream.client().host();
            host.metrics().failures.increment();
            stream.client().close(CloseCode.INTERNAL_ERROR, "the server failed on this connection");
        }
    }

    @Override
    public boolean isWebTransport() {
        return true;
    }

    @Override
    public HttpRequest request() {
        return head;
    }

    @Override
    public Strand strand() {
        return strand;
    }

    /// The CONNECT has been answered before the stream came. So the connection ends; for a session
    /// that was closed in order, the client of Socket.IO would wait until its timeout.
    @Override
    public void refuse(HttpResponse response) {
        stream.client().reject(new String(response.body(), UTF_8));
    }

    @Override
    public void accept(
            Strand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> listener) {
        var host = stream.client().host();
        var socket = new StreamWebSocket(home, host.budget(), host.metrics(), stream);
        socket.opened(listener);
        socket.onLoop(() -> stream.accepted(socket, acceptance.maxMessageBytes()));
    }
}
