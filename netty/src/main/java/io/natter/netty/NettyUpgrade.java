package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpRequest;
import io.natter.engine.HttpResponse;
import io.natter.engine.Strand;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request to become a WebSocket, until it is one or is refused.
final class NettyUpgrade extends Turn implements UpgradeExchange {
    private static final Logger LOG = LoggerFactory.getLogger(NettyUpgrade.class);

    private final Endpoint endpoint;
    private final String key;
    private final AtomicBoolean decided = new AtomicBoolean();
    private boolean aborted;

    NettyUpgrade(HttpConnection connection, Endpoint endpoint, HttpRequest request, String key) {
        super(connection, request);
        this.endpoint = endpoint;
        this.key = key;
    }

    /// The end of the request is what lets it become something else.
    @Override
    boolean take(HttpContent content) {
        if (content.content().isReadable()) {
            connection.reject("a WebSocket handshake has no body");
        } else if (content instanceof LastHttpContent) {
            endpoint.upgrade(this);
        }
        return true;
    }

    @Override
    void abort() {
        aborted = true;
        connection.metrics().aborts.increment();
    }

    private void decide(Runnable task) {
        if (!decided.compareAndSet(false, true)) {
            throw new IllegalStateException("this upgrade was accepted or refused before");
        }
        onLoop(task);
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
        decide(() -> open(loop, acceptance, listener));
    }

    private void open(
            EventLoopStrand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> factory) {
        boolean deflate =
                acceptance.deflate() != null
                        && DeflateOffer.acceptable(
                                request().headers().get("sec-websocket-extensions"));
        var socket =
                new NettyWebSocket(
                        home,
                        connection.metrics(),
                        acceptance.maxMessageBytes(),
                        deflate ? acceptance.deflate() : null);
        var ctx = connection.ready(this) ? connection.context() : null;
        ByteBuf answer = null;
        if (ctx != null) {
            try {
                answer = Handshake.answer(ctx.alloc(), key, acceptance, deflate);
            } catch (IllegalArgumentException e) {
                LOG.error("The answer to a WebSocket handshake could not be made", e);
                connection.failed();
            }
        }
        if (ctx == null || answer == null) {
            home.execute(() -> socket.open(factory));
            return;
        }
        connection.leave();
        new Move(ctx, connection.lines(), socket, answer, factory).begin(connection.strand());
    }
}
