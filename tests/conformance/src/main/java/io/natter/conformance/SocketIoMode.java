package io.natter.conformance;

import io.natter.host.Cors;
import io.natter.host.Endpoint;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;

/// `/` and `/custom`, which tell what credentials came; on `/` messages come back.
final class SocketIoMode {
    private SocketIoMode() {}

    static Endpoint endpoint() {
        var options =
                SocketIoOptions.builder()
                        .pingInterval(Duration.ofMillis(300))
                        .pingTimeout(Duration.ofMillis(200))
                        .maxHttpBufferSize(1_000_000)
                        .connectTimeout(Duration.ofSeconds(1))
                        .cors(Cors.anyOrigin())
                        .build();
        var io = SocketIoServer.create(options);
        io.onConnection(
                socket -> {
                    socket.emit("auth", socket.handshake().auth());
                    socket.on("message", (args, _) -> socket.emit("message-back", args.toArray()));
                    socket.on("message-with-ack", (args, ack) -> ack.send(args.toArray()));
                });
        io.of("/custom").onConnection(socket -> socket.emit("auth", socket.handshake().auth()));
        return io;
    }
}
