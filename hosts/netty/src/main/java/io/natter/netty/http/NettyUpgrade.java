package io.natter.netty.http;

import io.natter.host.Endpoint;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Loggers;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.netty.frame.DeflateNegotiation;
import io.natter.netty.frame.NettyHandshake;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.websocket.NettyWebSocket;
import io.natter.netty.websocket.UpgradeHandoff;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;

/// A request to become a WebSocket, until it is one or is refused.
final class NettyUpgrade extends CurrentRequest implements UpgradeExchange {
    private static final Logger LOG = Loggers.of(NettyUpgrade.class);

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
        connection.counters().aborts.increment();
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
        var extensions =
                acceptance.deflate() == null
                        ? null
                        : DeflateNegotiation.answer(
                                request().headers().get("sec-websocket-extensions"));
        var socket =
                new NettyWebSocket(
                        home,
                        connection.counters(),
                        acceptance.maxMessageBytes(),
                        extensions == null ? null : acceptance.deflate());
        var ctx = connection.ready(this) ? connection.context() : null;
        ByteBuf answer = null;
        if (ctx != null) {
            try {
                answer = NettyHandshake.answer(ctx.alloc(), key, acceptance, extensions);
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
        var handoff = new UpgradeHandoff(ctx, connection.connections(), socket, answer, factory);
        connection.handOnRest();
        handoff.begin(connection.strand());
    }
}
