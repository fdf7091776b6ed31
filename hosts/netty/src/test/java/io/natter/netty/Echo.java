package io.natter.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.Attributes;
import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.host.PreparedMessage;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An endpoint below `/echo` that sends back what it gets; a test may put its own behaviour in.
public class Echo implements Endpoint {
    final BlockingQueue<HttpExchange> waiting = new LinkedBlockingQueue<>();
    public final BlockingQueue<WebSocketConnection> opened = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    int maxMessage = 1_000_000;
    UpgradeExchange.@Nullable Deflate deflate;
    public Consumer<UpgradeExchange> upgrade = this::accept;
    Function<WebSocketConnection, WebSocketListener> listener = this::open;

    /// A host of one event loop that carries this endpoint.
    final NettyHostBuilder onOneLoop(IoTransport transport) {
        return NettyHost.builder().host("127.0.0.1").endpoint(this).transport(transport).threads(1);
    }

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
            case "/echo/principal" -> {
                var principal = exchange.request().attributes().get(Attributes.PRINCIPAL);
                exchange.respond(ok("principal " + (principal == null ? "" : principal.getName())));
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

    public static HttpResponse ok(String text) {
        return new HttpResponse(
                200,
                Map.of("Content-Type", List.of("text/plain")),
                text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        upgrade.accept(exchange);
    }

    public final void accept(UpgradeExchange exchange) {
        exchange.accept(
                exchange.strand(),
                new UpgradeExchange.Acceptance(Map.of(), null, maxMessage, deflate),
                listener);
    }

    public final WebSocketListener open(WebSocketConnection connection) {
        opened.add(connection);
        return new WebSocketListener() {
            @Override
            public void text(byte[] utf8) {
                connection.send(new PreparedMessage(new String(utf8, UTF_8)));
            }

            @Override
            public void binary(byte[] data) {
                connection.send(new PreparedMessage(data));
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
