package io.natter.conformance;

import io.natter.host.Endpoint;
import io.natter.socketio.ConnectException;
import io.natter.socketio.Namespace;
import io.natter.socketio.SocketIoServer;
import java.util.Map;
import java.util.regex.Pattern;

/// A server whose options can be chosen, with a few events.
final class PlainMode {
    private PlainMode() {}

    static Endpoint endpoint(String optionsJson) {
        var io = SocketIoServer.create(NodeOptions.read(optionsJson));
        io.onConnection(
                socket -> {
                    socket.on("big", () -> socket.emit("big", "x".repeat(3000)));
                    socket.on("e", () -> socket.emit("e2"));
                    socket.on(
                            "burst",
                            Integer.class,
                            n -> {
                                for (int i = 0; i < n; i++) {
                                    socket.emit("burst", i);
                                }
                            });
                    socket.on("bin", (args, _) -> io.emit("bin", args.get(0)));
                    socket.on("bin1", (args, _) -> socket.emit("bin1", args.get(0)));
                    socket.emit("auth", socket.handshake().auth());
                });
        var children = io.of(Pattern.compile("^/dynamic-\\d+$"));
        children.use(
                socket -> {
                    if (socket.handshake().auth().containsKey("refuse")) {
                        throw new ConnectException("refused");
                    }
                });
        io.onConnection(
                socket ->
                        socket.on(
                                "children",
                                (_, ack) ->
                                        ack.send(
                                                children.children().stream()
                                                        .map(Namespace::name)
                                                        .toList())));
        io.of("/mw")
                .use(
                        _ -> {
                            throw new ConnectException(
                                    "not authorized", Map.of("content", "retry"));
                        });
        return io;
    }
}
