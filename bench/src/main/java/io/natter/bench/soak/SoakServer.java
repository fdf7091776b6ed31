package io.natter.bench.soak;

import static java.util.Objects.requireNonNull;

import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.host.dispatch.Dispatch;
import io.natter.netty.NettyHost;
import io.natter.socketio.ConnectionStateRecovery;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// The library's server that `bin/soak` attacks. At `/socket.io/` every option has its default, and
/// the honest clients are there; the other paths each have what one attack needs. `/healthz` says
/// `ok`, `/stats` what was counted. Prints `listening PORT`.
public final class SoakServer {
    private SoakServer() {}

    public static void main(String[] arguments) {
        var servers =
                List.of(
                        SoakEvents.serve(SocketIoServer.create()),
                        SoakEvents.serve(at("/deflate").perMessageDeflateOn()),
                        SoakEvents.serve(at("/eio3").eio3()),
                        SoakEvents.serve(at("/recovery").recovery()),
                        Guards.socketIo("/guards-virtual", Dispatch.VIRTUAL),
                        Guards.socketIo("/guards-inline", Dispatch.INLINE));
        var host = new AtomicReference<NettyHost>();
        var builder =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .fallback(
                                exchange -> answer(exchange, requireNonNull(host.get()), servers));
        servers.forEach(builder::endpoint);
        builder.endpoint(Guards.plain("/plain-virtual", Dispatch.VIRTUAL));
        builder.endpoint(Guards.plain("/plain-inline", Dispatch.INLINE));
        var running = builder.listen();
        host.set(running);
        System.out.println("listening " + running.port());
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
    }

    private static Variant at(String path) {
        return new Variant(path);
    }

    /// A server at a path of its own, with one option that is not the default.
    private record Variant(String path) {
        private SocketIoOptions.Builder options() {
            return SocketIoOptions.builder().path(path);
        }

        SocketIoServer perMessageDeflateOn() {
            return SocketIoServer.create(options().perMessageDeflate(true).build());
        }

        SocketIoServer eio3() {
            return SocketIoServer.create(options().allowEio3(true).build());
        }

        SocketIoServer recovery() {
            return SocketIoServer.create(
                    options().connectionStateRecovery(ConnectionStateRecovery.DEFAULT).build());
        }
    }

    private static void answer(
            HttpExchange exchange, NettyHost host, List<SocketIoServer> servers) {
        switch (exchange.request().path()) {
            case "/healthz" -> respond(exchange, 200, "text/plain", "ok");
            case "/stats" -> respond(exchange, 200, "application/json", Stats.json(host, servers));
            default -> respond(exchange, 404, "text/plain", "not found");
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) {
        exchange.respond(
                new HttpResponse(
                        status,
                        Map.of("Content-Type", List.of(type)),
                        body.getBytes(StandardCharsets.UTF_8)));
    }
}
