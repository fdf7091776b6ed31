package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpRequest;
import io.natter.engine.HttpResponse;
import io.natter.engine.Strand;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// A request to become a WebSocket, until it is one or is refused.
final class NettyUpgrade implements UpgradeExchange, Turn {
    private final HttpConnection connection;
    private final Endpoint endpoint;
    private final HttpRequest request;
    private final String key;
    private final AtomicBoolean decided = new AtomicBoolean();
    private boolean aborted;

    NettyUpgrade(HttpConnection connection, Endpoint endpoint, HttpRequest request, String key) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.request = request;
        this.key = key;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Strand strand() {
        return connection.strand();
    }

    String key() {
        return key;
    }

    /// The end of the request is what lets it become something else.
    @Override
    public boolean take(HttpContent content) {
        if (content.content().isReadable()) {
            connection.reject("a WebSocket handshake has no body");
        } else if (content instanceof LastHttpContent) {
            endpoint.upgrade(this);
        }
        return true;
    }

    @Override
    public void abort() {
        aborted = true;
        connection.metrics().aborts.increment();
    }

    private void decide(Runnable task) {
        if (!decided.compareAndSet(false, true)) {
            throw new IllegalStateException("this upgrade was accepted or refused before");
        }
        if (connection.strand().isCurrent()) {
            task.run();
        } else {
            connection.strand().execute(task);
        }
    }

    @Override
    public void refuse(HttpResponse response) {
        decide(
                () -> {
                    if (!aborted) {
                        connection.answerAndEnd(response);
                    }
                });
    }

    @Override
    public void accept(
            Strand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> listener) {
        if (!(home instanceof EventLoopStrand loop)) {
            throw new IllegalArgumentException("a strand of another host: " + home);
        }
        decide(() -> connection.accept(this, loop, acceptance, listener));
    }
}
