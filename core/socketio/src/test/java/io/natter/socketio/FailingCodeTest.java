package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.engine.CloseReason;
import io.natter.host.dispatch.Dispatch;
import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.adapter.RoomListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Code of the application that throws, Errors included, costs at most its own event or connection.
final class FailingCodeTest {
    private final List<Object> seen = new ArrayList<>();
    private final SocketIoServer io = server(Dispatch.VIRTUAL);
    private final InProcessHost host = new InProcessHost(io);

    private SocketIoServer server(Dispatch dispatch) {
        var server = SocketTest.server(SocketIoOptions.builder().dispatch(dispatch));
        server.onError(error -> seen.add(error.cause().getClass().getSimpleName()));
        return server;
    }

    /// Never returns.
    @SuppressWarnings("InfiniteRecursion")
    private static int endless(int n) {
        return endless(n + 1) + 1;
    }

    @Test
    void anErrorInAHandlerCostsItsEvent() {
        for (Dispatch dispatch : Dispatch.values()) {
            seen.clear();
            var server = server(dispatch);
            server.onConnection(
                    socket -> {
                        socket.on("deep", (_, ack) -> ack.send(endless(0)));
                        socket.on(
                                "memory",
                                (_, _) -> {
                                    throw new OutOfMemoryError("simulated");
                                });
                        socket.on("echo", (args, ack) -> ack.send(args.toArray()));
                        socket.onAny(
                                (_, _) -> {
                                    throw new NoClassDefFoundError("simulated");
                                });
                    });
            var client = Wire.Kind.WEBSOCKET.open(new InProcessHost(server)).join();
            client.send("21[\"deep\"]");
            client.send("22[\"memory\"]");
            client.send("23[\"echo\",1]");
            assertThat(client.received())
                    .containsExactly(
                            "31[{\"error\":\"internal error\"}]",
                            "32[{\"error\":\"internal error\"}]",
                            "33[{\"error\":\"internal error\"}]");
            assertThat(seen)
                    .containsExactly(
                            "NoClassDefFoundError",
                            "StackOverflowError",
                            "NoClassDefFoundError",
                            "OutOfMemoryError",
                            "NoClassDefFoundError");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListenerOfTheConnectionThatThrowsClosesNoConnection(Wire.Kind kind) {
        io.onConnection(
                socket -> {
                    socket.onConn(
                            new ConnListener() {
                                @Override
                                public void message() {
                                    throw new AssertionError("message");
                                }

                                @Override
                                public void drained() {
                                    throw new AssertionError("drained");
                                }

                                @Override
                                public void heartbeat() {
                                    throw new AssertionError("heartbeat");
                                }

                                @Override
                                public void closed(CloseReason reason, String detail) {
                                    throw new AssertionError("closed");
                                }
                            });
                    socket.on("e", (_, ack) -> ack.send("a"));
                });
        var client = kind.open(host).join();
        client.send("21[\"e\"]");
        assertThat(client.received()).containsExactly("31[\"a\"]");
        client.cut();
        assertThat(io.sockets()).isEmpty();
        assertThat(seen).contains("AssertionError");
    }

    @ParameterizedTest
    @EnumSource
    void aListenerOfRoomsThatThrowsClosesNoConnection(Wire.Kind kind) {
        io.of("/")
                .onRooms(
                        new RoomListener() {
                            @Override
                            public void joined(String room, String id) {
                                throw new AssertionError(room);
                            }

                            @Override
                            public void left(String room, String id) {
                                throw new AssertionError(room);
                            }
                        });
        io.onConnection(socket -> socket.join("r"));
        var client = kind.open(host);
        client.send("0");
        assertThat(client.received()).singleElement().asString().startsWith("0{\"sid\":");
        io.to("r").emit("x");
        assertThat(client.received()).containsExactly("2[\"x\"]");
        client.cut();
        assertThat(io.sockets()).isEmpty();
        assertThat(io.of("/").rooms()).isEmpty();
    }

    @Test
    void aHookThatThrowsClosesNoConnection() {
        io.onError(
                _ -> {
                    throw new AssertionError("hook");
                });
        io.onLimit(
                _ -> {
                    throw new AssertionError("hook");
                });
        io.onNewNamespace(
                _ -> {
                    throw new AssertionError("hook");
                });
        io.of((_, _) -> true);
        io.onConnection(
                socket ->
                        socket.on(
                                "e",
                                (_, _) -> {
                                    throw new AssertionError("handler");
                                }));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"e\"]");
        client.send("0/new,");
        var received = client.received();
        assertThat(received.getFirst()).isEqualTo("31[{\"error\":\"internal error\"}]");
        assertThat(received.get(1)).startsWith("0/new,{\"sid\"");
        var idle = Wire.Kind.WEBSOCKET.open(host);
        host.strand().advance(Duration.ofSeconds(45));
        assertThat(idle.closed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anExecutorThatRefusesAnswersTheConnectAndForgetsNoEvent(Wire.Kind kind) {
        boolean[] refuses = {false};
        var server =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .executor(
                                        task -> {
                                            if (refuses[0]) {
                                                throw new RejectedExecutionException("full");
                                            }
                                            task.run();
                                        })
                                .build());
        server.use(_ -> {});
        server.onConnection(socket -> socket.on("e", (_, ack) -> ack.send("a")));
        var host = new InProcessHost(server);
        var client = kind.open(host).join();
        refuses[0] = true;
        client.send("21[\"e\"]");
        var other = kind.open(host);
        other.send("0");
        assertThat(other.received()).containsExactly("4{\"message\":\"internal error\"}");
        assertThat(client.received()).isEmpty();
        refuses[0] = false;
        host.strand().advanceMillis(100);
        assertThat(client.received()).containsExactly("31[\"a\"]");
        other.send("0");
        assertThat(other.received()).singleElement().asString().startsWith("0{\"sid\":");
    }

    @ParameterizedTest
    @EnumSource
    void aMalformedPacketIsReportedToTheErrorListenersOfTheSocket(Wire.Kind kind) {
        io.onConnection(
                socket -> {
                    socket.onError(error -> seen.add(error));
                    socket.onDisconnect((reason, detail) -> seen.add(reason + ": " + detail));
                });
        var client = kind.open(host).join();
        client.send("2[\"unfinished\"");
        assertThat(client.closed()).isTrue();
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst())
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        error -> assertThat(error).hasMessageStartingWith("payload of EVENT: "));
        assertThat(seen.getLast().toString()).startsWith("forced close: payload of EVENT: ");
    }

    @Test
    void aTypedOnceHandlerWaitsForAPayloadThatFits() {
        io.onConnection(socket -> socket.once("e", Integer.class, (n, ack) -> ack.send(n)));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"e\",\"no number\"]");
        client.send("22[\"e\"]");
        client.send("23[\"e\",5]");
        client.send("24[\"e\",6]");
        assertThat(client.received())
                .containsExactly(
                        "31[{\"error\":\"bad payload\"}]",
                        "32[{\"error\":\"bad payload\"}]",
                        "33[5]");
    }

    @Test
    void waitingForAnAnswerOnAStrandIsRefused() {
        io.onConnection(
                socket -> {
                    seen.add("in");
                    assertThatThrownBy(() -> socket.emitWithAck("q").join())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("join waits, and this is a strand");
                    assertThatThrownBy(() -> socket.emitWithAck("q").thenApply(Args::size).get())
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> io.emitWithAck("q").join())
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(io.serverSideEmitWithAck("q").join()).isEmpty();
                });
        Wire.Kind.WEBSOCKET.open(host).send("0");
        assertThat(seen).containsExactly("in");
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        var socket = io.sockets().iterator().next();
        assertThatThrownBy(() -> socket.timeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must not be negative: PT-0.001S");
        assertThatThrownBy(() -> io.timeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(client.closed()).isFalse();
    }

    @Test
    void aBroadcastToAnEmptyListOfRoomsReachesNoSocket() {
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        var other = Wire.Kind.WEBSOCKET.open(host).join();
        io.sockets().forEach(socket -> socket.join("r"));
        io.to(new String[0]).emit("a");
        io.to(List.of()).emit("b");
        io.sockets().iterator().next().to(List.of()).emit("c");
        io.to().except("x").emit("d");
        io.to(List.of()).disconnectSockets();
        assertThat(io.to().emitWithAck("e")).isDone();
        assertThat(client.received()).isEmpty();
        assertThat(other.received()).isEmpty();
        io.to().to("r").emit("f");
        io.to(List.of("r")).emit("g");
        assertThat(client.received()).containsExactly("2[\"f\"]", "2[\"g\"]");
        assertThat(other.received()).containsExactly("2[\"f\"]", "2[\"g\"]");
    }

    @ParameterizedTest
    @EnumSource
    void oneVolatileEventGoesOutInAPassAndNoneBehindAnother(Wire.Kind kind) {
        var client = kind.open(host).join();
        var socket = io.sockets().iterator().next();
        for (Object arg : new Object[] {"text", Wire.bytes(1)}) {
            socket.asVolatile().emit("a", arg);
            socket.asVolatile().emit("b", arg);
            io.asVolatile().emit("c", arg);
            assertThat(names(client)).containsExactly("a");
            io.asVolatile().emit("d", arg);
            io.asVolatile().emit("e", arg);
            assertThat(names(client)).containsExactly("d");
            socket.emit("f", arg);
            socket.asVolatile().emit("g", arg);
            io.asVolatile().emit("h", arg);
            assertThat(names(client)).containsExactly("f");
        }
    }

    private static List<String> names(Wire client) {
        return client.received().stream()
                .filter(m -> !m.startsWith("0x"))
                .map(m -> m.replaceAll("^.*?\\[\"(.).*", "$1"))
                .toList();
    }
}
