package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpExchange;
import io.natter.engine.HttpResponse;
import io.natter.engine.Outgoing;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.natter.protocol.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An endpoint below `/echo` that sends back what it gets; a test may put its own behaviour in.
class Echo implements Endpoint {
    final BlockingQueue<HttpExchange> waiting = new LinkedBlockingQueue<>();
    final BlockingQueue<WebSocketConnection> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    int maxMessage = 1_000_000;
    UpgradeExchange.@Nullable Deflate deflate;
    Consumer<UpgradeExchange> upgrade = this::accept;

    @Override
    public boolean matches(String path) {
        return path.startsWith("/echo");
    }

    @Override
    public String served() {
        return "/echo";
    }

    @Override
    public void http(HttpExchange exchange) {
        switch (exchange.request().path()) {
            case "/echo/wait" -> {
                exchange.onAbort(() -> events.add("abort"));
                waiting.add(exchange);
            }
            case "/echo/throw" -> throw new IllegalStateException("on purpose");
            case "/echo/body" ->
                    exchange.readBody(
                            10,
                            new HttpExchange.BodyReader() {
                                @Override
                                public void complete(byte[] body) {
                                    exchange.respond(ok(new String(body, StandardCharsets.UTF_8)));
                                }

                                @Override
                                public void tooLarge() {
                                    exchange.respond(new HttpResponse(413, Map.of(), new byte[0]));
                                }
                            });
            default ->
                    exchange.respond(
                            ok(
                                    exchange.request().method()
                                            + " "
                                            + exchange.request().path()
                                            + " "
                                            + exchange.request().rawQuery()));
        }
    }

    static HttpResponse ok(String text) {
        return new HttpResponse(
                200,
                Map.of("Content-Type", List.of("text/plain")),
                text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        upgrade.accept(exchange);
    }

    final void accept(UpgradeExchange exchange) {
        exchange.accept(
                exchange.strand(),
                new UpgradeExchange.Acceptance(Map.of(), null, maxMessage, deflate),
                this::open);
    }

    final WebSocketListener open(WebSocketConnection connection) {
        opened.add(connection);
        return new WebSocketListener() {
            @Override
            public void text(byte[] utf8) {
                connection.send(Outgoing.of(new Frame.Text(utf8)), 0);
            }

            @Override
            public void binary(byte[] data) {
                connection.send(Outgoing.of(new Frame.Binary(data)), 0);
            }

            @Override
            public void writable() {
                events.add("writable");
            }

            @Override
            public void ping(byte[] payload) {
                events.add("ping " + new String(payload, StandardCharsets.UTF_8));
            }

            @Override
            public void pong(byte[] payload) {
                events.add("pong " + new String(payload, StandardCharsets.UTF_8));
            }

            @Override
            public void closed(int code, String reason) {
                events.add("closed " + code + " " + reason);
            }
        };
    }

    @Override
    public void close() {
        events.add("endpoint closed");
    }
}
