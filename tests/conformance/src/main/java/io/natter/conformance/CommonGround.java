package io.natter.conformance;

import io.natter.socketio.ConnectException;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import java.util.List;

/// The events that the suites of npm `socket.io-client` and of the Java client expect alike.
final class CommonGround {
    private CommonGround() {}

    /// The namespaces besides those that have events.
    static void namespaces(SocketIoServer io, ConnectException refusalOfNo) {
        List.of("/timeout_socket", "/valid", "/asd").forEach(io::of);
        io.of("/abc").onConnection(socket -> socket.emit("handshake", socket.handshake()));
        io.of("/no")
                .use(
                        _ -> {
                            throw refusalOfNo;
                        });
    }

    /// Questions that are answered.
    static void questions(Socket socket) {
        socket.on("getAckDate", (_, ack) -> ack.send(IsoDate.now()));
        socket.on("getHandshake", (_, ack) -> ack.send(socket.handshake()));
    }
}
