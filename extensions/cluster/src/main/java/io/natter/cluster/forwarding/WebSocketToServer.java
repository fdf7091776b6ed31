package io.natter.cluster.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.HttpResponse;
import io.natter.host.RateLimitedLog;
import io.natter.host.UpgradeExchange;
import java.io.IOException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A request to become a WebSocket that is passed on. The client is answered when the other server
/// has answered.
final class WebSocketToServer {
    private final Line line;
    private final UpgradeExchange exchange;

    WebSocketToServer(Line line, UpgradeExchange exchange) {
        this.line = line;
        this.exchange = exchange;
    }

    /// On the strand of the request.
    ///
    /// @param notFound run where the other server cannot be reached
    void open(OtherServer to, Runnable notFound) {
        if (!line.inFlight().enter()) {
            exchange.refuse(Line.tooMany());
            return;
        }
        var bridge = new WebSocketBridge(exchange.strand(), line.inFlight());
        boolean opening = false;
        try {
            var head = exchange.request();
            var builder = line.http().newWebSocketBuilder().connectTimeout(line.connectTimeout());
            ForwardedHead.write(head, to.signature(), builder::header);
            offer(builder);
            var opened = builder.buildAsync(to.target(true, head.path(), head.rawQuery()), bridge);
            opening = true;
            var ignored =
                    opened.whenComplete(
                            (socket, failure) -> {
                                if (failure == null) {
                                    accept(socket, bridge);
                                } else {
                                    line.inFlight().leave();
                                    failed(to, failure, notFound);
                                }
                            });
        } finally {
            if (!opening) {
                line.inFlight().leave();
            }
        }
    }

    private void offer(WebSocket.Builder builder) {
        var offered = exchange.request().header("sec-websocket-protocol");
        var names =
                offered == null
                        ? List.<String>of()
                        : Arrays.stream(offered.split(",", -1))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .distinct()
                                .toList();
        if (!names.isEmpty()) {
            builder.subprotocols(
                    names.getFirst(), names.subList(1, names.size()).toArray(String[]::new));
        }
    }

    private void accept(WebSocket socket, WebSocketBridge bridge) {
        line.metrics().webSockets.increment();
        var subprotocol = socket.getSubprotocol();
        exchange.accept(
                exchange.strand(),
                new UpgradeExchange.Acceptance(
                        new TreeMap<>(),
                        subprotocol.isEmpty() ? null : subprotocol,
                        line.options().maxHttpBufferSize(),
                        line.options().perMessageDeflate()),
                client -> bridge.join(client, socket));
    }

    private void failed(OtherServer to, Throwable failure, Runnable notFound) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refused) {
            exchange.refuse(refusal(refused));
            return;
        }
        line.metrics().unreachable.increment();
        if (cause instanceof IOException) {
            to.failed(System.nanoTime());
        }
        line.log()
                .warn(
                        "unreachable",
                        "the server of a WebSocket cannot be reached: {}",
                        RateLimitedLog.text(String.valueOf(cause)));
        notFound.run();
    }

    /// The answer of the other server.
    private static HttpResponse refusal(WebSocketHandshakeException refused) {
        var answer = refused.getResponse();
        @Nullable Object body = answer == null ? null : answer.body();
        return new HttpResponse(
                answer == null ? 400 : answer.statusCode(),
                Map.of("Content-Type", List.of("text/html")),
                (body instanceof String text ? text : "Bad request").getBytes(UTF_8));
    }
}
