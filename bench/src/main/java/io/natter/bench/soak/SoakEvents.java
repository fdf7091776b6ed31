package io.natter.bench.soak;

import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import java.util.regex.Pattern;

/// The handlers of the attacked server.
final class SoakEvents {
    private static final long SLOW_MILLIS = 100;

    private SoakEvents() {}

    /// Adds all events and namespaces.
    static SocketIoServer serve(SocketIoServer io) {
        io.onConnection(
                socket -> {
                    echo(socket);
                    rooms(io, socket);
                });
        io.of(Pattern.compile("^/dynamic-\\d+$")).onConnection(SoakEvents::echo);
        io.of(Pattern.compile("^/slow-\\d+$")).use(_ -> Thread.sleep(20 * SLOW_MILLIS));
        return io;
    }

    static void echo(Socket socket) {
        socket.on("echo", (args, _) -> socket.emit("echo", args.toArray()));
        socket.on("ask", (args, ack) -> ack.send(args.toArray()));
    }

    private static void rooms(SocketIoServer io, Socket socket) {
        socket.on(
                "join",
                String.class,
                (room, ack) -> {
                    socket.join(room);
                    ack.send();
                });
        socket.on(
                "room",
                String.class,
                String.class,
                (room, text) -> io.to(room).emit("room", room, text));
        socket.on("all", String.class, text -> io.emit("all", text));
        socket.on("slow", (_, _) -> Thread.sleep(SLOW_MILLIS));
    }
}
