package io.natter.bench;

import io.natter.host.dispatch.Dispatch;
import io.natter.netty.IoTransport;
import io.natter.netty.NettyHost;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.util.List;
import java.util.Locale;

/// The Natter server that is measured: the events that every peer has, every option at its default.
///
/// `BenchServer [--port N] [--dispatch virtual|inline] [--transport epoll|io_uring|nio]`. Without
/// `--port` the environment's `PORT`, else any free one. With `DEFLATE=1` in the environment it
/// offers permessage-deflate. With `REDIS_URL` it is a server of a cluster, with the adapter that
/// `ADAPTER` names: `classic` or `sharded`. Prints `listening PORT` when it is.
public final class BenchServer {
    private BenchServer() {}

    public static void main(String[] arguments) {
        var words = List.of(arguments);
        var environment = System.getenv();
        var port = Integer.parseInt(option(words, "--port", environment.getOrDefault("PORT", "0")));
        var dispatch = Dispatch.valueOf(upper(option(words, "--dispatch", "virtual")));
        var transport = IoTransport.valueOf(upper(option(words, "--transport", best())));
        var deflate = "1".equals(environment.get("DEFLATE"));

        var options = SocketIoOptions.builder().dispatch(dispatch).perMessageDeflate(deflate);
        var redis = environment.get("REDIS_URL");
        if (redis != null) {
            options.adapter(BrokerAdapter.connect(redis, environment.get("ADAPTER")));
        }
        var io = SocketIoServer.create(options.build());
        io.onConnection(socket -> listen(io, socket));
        var host =
                NettyHost.builder()
                        .endpoint(io)
                        .host("127.0.0.1")
                        .port(port)
                        .transport(transport)
                        .listen();
        System.out.println("listening " + host.port());
        Runtime.getRuntime().addShutdownHook(new Thread(host::close));
    }

    private static void listen(SocketIoServer io, Socket socket) {
        socket.on("chat message", String.class, text -> io.emit("chat message", text));
        socket.on(
                "room message",
                String.class,
                String.class,
                (room, text) -> io.to(room).emit("chat message", text));
        socket.on("echo", String.class, text -> socket.emit("echo", text));
        socket.on("ack", String.class, (text, ack) -> ack.send(text));
        socket.on(
                "join",
                String.class,
                (room, ack) -> {
                    socket.join(room);
                    ack.send();
                });
    }

    private static String best() {
        return IoTransport.best().name();
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static String option(List<String> words, String name, String otherwise) {
        var at = words.indexOf(name);
        return at < 0 || at + 1 == words.size() ? otherwise : words.get(at + 1);
    }
}
