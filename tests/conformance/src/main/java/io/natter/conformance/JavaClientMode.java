package io.natter.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.Endpoint;
import io.natter.socketio.AckCallback;
import io.natter.socketio.ConnectException;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import java.util.Map;

/// The server for the suite of the Java client.
final class JavaClientMode {
    private JavaClientMode() {}

    static Endpoint endpoint() {
        var options = SocketIoOptions.builder().pingInterval(Duration.ofSeconds(2)).build();
        var io = SocketIoServer.create(options);
        io.engine()
                .use(
                        (request, headers) -> {
                            var sent = request.headers().get("x-socketio");
                            if (sent != null) {
                                headers.put("X-SocketIO", sent);
                            }
                            return null;
                        });
        serve(io.of("/"));
        serve(io.of("/foo"));
        CommonGround.namespaces(io, new ConnectException("auth failed", Map.of("a", "b", "c", 3)));
        return io;
    }

    private static void serve(Namespace nsp) {
        nsp.onConnection(
                socket -> {
                    messages(nsp, socket);
                    acknowledgements(socket);
                    socket.send("hello client");
                });
    }

    private static void messages(Namespace nsp, Socket socket) {
        socket.on("message", (args, _) -> socket.send(args.toArray()));
        socket.on("echo", (args, _) -> socket.emit("echoBack", args.toArray()));
        socket.on(
                "broadcast", (args, _) -> socket.broadcast().emit("broadcastBack", args.toArray()));
        socket.on("room", (args, _) -> nsp.to(socket.id()).emit("roomBack", args.toArray()));
        socket.on("requestDisconnect", () -> socket.disconnect());
    }

    private static void acknowledgements(Socket socket) {
        socket.on("ack", (args, ack) -> ack.send(args.toArray()));
        socket.on("callAck", () -> ask(socket));
        socket.on("callAckBinary", () -> ask(socket));
        socket.on("getAckBinary", (_, ack) -> ack.send("huehue".getBytes(UTF_8)));
        CommonGround.questions(socket);
    }

    private static void ask(Socket socket) {
        socket.emit(
                "ack",
                (AckCallback)
                        (failure, answer) -> {
                            if (failure == null) {
                                socket.emit("ackBack", answer.toArray());
                            }
                        });
    }
}
