package io.natter.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.engine.AllowRequest;
import io.natter.host.Endpoint;
import io.natter.socketio.AckCallback;
import io.natter.socketio.ConnectException;
import io.natter.socketio.ConnectionStateRecovery;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The server for the suite of npm `socket.io-client`.
final class ClientMode {
    private static final List<String> TEXTS =
            List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string");

    private ClientMode() {}

    static Endpoint endpoint() {
        var options =
                SocketIoOptions.builder()
                        .pingInterval(Duration.ofSeconds(2))
                        .connectionStateRecovery(ConnectionStateRecovery.DEFAULT)
                        .allowRequest(
                                _ -> {
                                    // so that clients with a shorter timeout see it pass
                                    Thread.sleep(10);
                                    return AllowRequest.allow();
                                })
                        .build();
        var io = SocketIoServer.create(options);
        io.use(
                socket -> {
                    if (!socket.handshake().query().getOrDefault("fail", "").isEmpty()) {
                        throw new ConnectException("Auth failed (main namespace)");
                    }
                });
        io.onConnection(
                socket -> {
                    simple(socket);
                    dates(socket);
                    bytes(socket);
                    blobs(socket);
                });
        io.of("/foo").onConnection(ClientMode::ids);
        CommonGround.namespaces(io, new ConnectException("Auth failed (custom namespace)"));
        return io;
    }

    private static void ids(Socket socket) {
        socket.on("getId", (_, ack) -> ack.send(socket.id()));
    }

    private static void simple(Socket socket) {
        ids(socket);
        CommonGround.questions(socket);
        socket.on("hi", () -> socket.emit("hi"));
        socket.on("echo", (args, ack) -> ack.send(args.get(0)));
        socket.on("ack", () -> ask(socket));
        socket.on("getUtf8", () -> TEXTS.forEach(text -> socket.emit("takeUtf8", text)));
        socket.on("false", () -> socket.emit("false", false));
    }

    private static void ask(Socket socket) {
        socket.emit(
                "ack",
                (AckCallback)
                        (failure, answer) -> {
                            if (failure == null
                                    && answer.require(0, Integer.class) == 5
                                    && Map.of("test", true).equals(answer.get(1))) {
                                socket.emit("got it");
                            }
                        });
    }

    private static void dates(Socket socket) {
        socket.on("getDate", () -> socket.emit("takeDate", IsoDate.now()));
        socket.on("getDateObj", () -> socket.emit("takeDateObj", Map.of("date", IsoDate.now())));
    }

    private static void bytes(Socket socket) {
        byte[] asdf = "asdfasdf".getBytes(UTF_8);
        socket.on("doge", () -> socket.emit("doge", asdf));
        socket.on("getbin", () -> socket.emit("takebin", asdf));
        socket.on("buffa", byte[].class, _ -> socket.emit("buffack"));
        socket.on("jsonbuff", Lol.class, _ -> socket.emit("jsonbuff-ack"));
        var order = new Order();
        socket.on("abuff1", byte[].class, _ -> order.reach(1));
        socket.on(
                "abuff2",
                () -> {
                    order.expect(1);
                    socket.emit("abuff2-ack");
                });
    }

    private static void blobs(Socket socket) {
        socket.on("blob", byte[].class, _ -> socket.emit("back"));
        socket.on("jsonblob", Lol.class, _ -> socket.emit("jsonblob-ack"));
        var order = new Order();
        socket.on("blob1", byte[].class, _ -> order.reach(1));
        socket.on(
                "blob2",
                String.class,
                text -> {
                    order.expect(1);
                    if (text.equals("second")) {
                        order.reach(2);
                    }
                });
        socket.on(
                "blob3",
                byte[].class,
                _ -> {
                    order.expect(2);
                    socket.emit("blob3-ack");
                });
    }

    /// Bytes inside an object, with what must stand around them.
    record Lol(String hello, byte[] message, String goodbye) {
        Lol {
            if (!hello.equals("lol") || !goodbye.equals("gotcha")) {
                throw new IllegalArgumentException("not what was sent: " + hello + ", " + goodbye);
            }
        }
    }

    /// How far a socket's events have come; its handlers run one at a time.
    private static final class Order {
        private int reached;

        void reach(int step) {
            expect(step - 1);
            reached = step;
        }

        void expect(int step) {
            if (reached < step) {
                throw new IllegalStateException("event " + step + " has not come yet");
            }
        }
    }
}
