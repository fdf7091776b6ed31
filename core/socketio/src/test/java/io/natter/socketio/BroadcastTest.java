package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.engine.PacketObserver;
import io.natter.host.dispatch.Dispatch;
import io.natter.host.inprocess.InProcessHost;
import io.natter.protocol.EnginePacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The operations on many sockets at once.
final class BroadcastTest {
    private static final String BIG = "x".repeat(2000);

    private final SocketIoServer io = SocketTest.server(SocketIoOptions.builder());
    private final InProcessHost host = new InProcessHost(io);
    private final List<Object> seen = new ArrayList<>();

    private Wire open() {
        return Wire.Kind.WEBSOCKET.open(host).join();
    }

    @ParameterizedTest
    @EnumSource
    void gathersTheAnswerOfEveryReceiver(Wire.Kind kind) {
        var one = kind.open(host).join();
        var two = kind.open(host).join();
        var answers = io.timeout(Duration.ofSeconds(1)).emitWithAck("q", "x");
        assertThat(one.received()).containsExactly("20[\"q\",\"x\"]");
        assertThat(two.received()).containsExactly("20[\"q\",\"x\"]");
        one.send("30[1]");
        assertThat(answers).isNotDone();
        two.send("30[2]");
        assertThat(answers.join()).extracting(a -> a.get(0, Integer.class)).containsExactly(1, 2);
    }

    @Test
    void aTimeoutHasTheAnswersThatCame() {
        var one = open();
        open();
        var answers = io.timeout(Duration.ofSeconds(1)).emitWithAck("q");
        one.send("30[1]");
        host.strand().advanceMillis(1000);
        assertThatThrownBy(answers::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BroadcastTimeoutException.class, e -> assertThat(e.answers()).hasSize(1));
        one.send("30[1]"); // nobody waits for it any more
        assertThat(one.closed()).isFalse();
    }

    /// A client that may have missed a message is closed, for it does not know of the gap.
    @Test
    void reachesTheOthersWhereSendingToOneThrows() {
        var sessions = new ArrayList<EngineSession>();
        io.engine()
                .observe(
                        new PacketObserver() {
                            @Override
                            public void sent(EngineSession session, EnginePacket packet) {
                                if (sessions.size() > 1 && session.equals(sessions.get(1))) {
                                    throw new StackOverflowError();
                                }
                            }
                        });
        var one = open();
        var two = open();
        var three = open();
        sessions.addAll(io.engine().sessions());
        io.emit("all", new byte[] {1});
        host.strand().run();
        var wires = List.of(one, two, three);
        assertThat(wires.stream().filter(Wire::closed)).hasSize(1);
        assertThat(wires.stream().filter(wire -> !wire.closed()))
                .allSatisfy(wire -> assertThat(wire.received()).hasSize(2));
        assertThat(io.sockets()).hasSize(2);
    }

    @Test
    void aBroadcastToNoSocketIsAnsweredAtOnce() {
        assertThat(io.emitWithAck("q").join()).isEmpty();
    }

    @Test
    void fetchesJoinsLeavesAndDisconnects() throws Exception {
        io.onConnection(socket -> socket.data().put("n", io.sockets().size()));
        var one = open();
        open();
        try (var thread = Executors.newSingleThreadExecutor()) {
            var fetched = thread.submit(() -> io.fetchSockets());
            host.strand().runUntil(fetched::isDone, Duration.ofSeconds(10));
            for (RemoteSocket socket : fetched.get()) {
                assertThat(socket.rooms()).containsExactly(socket.id());
                assertThat(socket.handshake()).containsKey("headers");
                if (Integer.valueOf(1).equals(socket.data().get("n"))) {
                    socket.join("first");
                }
            }
            assertThat(fetched.get()).hasSize(2);
            io.to("first").emit("hi");
            assertThat(one.received()).containsExactly("2[\"hi\"]");
            io.in("first").socketsJoin("a", "b");
            io.in("first").socketsLeave("first");
            assertThat(io.of("/").rooms()).containsExactlyInAnyOrder("a", "b");
            var inA = thread.submit(() -> io.in("a").fetchSockets());
            host.strand().runUntil(inA::isDone, Duration.ofSeconds(10));
            assertThat(inA.get()).hasSize(1);
            inA.get().getFirst().emit("you");
            assertThat(one.received()).containsExactly("2[\"you\"]");
        }
        io.in("a").disconnectSockets();
        assertThat(one.received()).containsExactly("1");
        assertThat(one.closed()).isFalse();
        io.disconnectSockets(true);
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void volatileEventsAreDroppedForClientsThatAreNotWritable() {
        io.onConnection(socket -> socket.on("v", () -> socket.asVolatile().emit("w")));
        var quick = open();
        var polling = Wire.Kind.POLLING.open(host).join();
        polling.send("2[\"v\"]"); // its GET waits: writable
        assertThat(polling.received()).containsExactly("2[\"w\"]");
        io.emit("fills the GET");
        host.strand().run();
        io.asVolatile().emit("x");
        assertThat(quick.received()).containsExactly("2[\"fills the GET\"]", "2[\"x\"]");
        io.emit("y");
        assertThat(polling.received()).doesNotContain("2[\"x\"]").contains("2[\"y\"]");
    }

    @Test
    void sendIsTheEventMessage() {
        io.onConnection(socket -> socket.on("e", () -> socket.send("one")));
        var client = open();
        client.send("2[\"e\"]");
        io.send("all");
        io.of("/").send();
        assertThat(client.received())
                .containsExactly(
                        "2[\"message\",\"one\"]", "2[\"message\",\"all\"]", "2[\"message\"]");
    }

    @Test
    void whatIsSentWithoutCompressionIsNotCompressed() {
        io.onConnection(socket -> socket.on("e", () -> socket.compress(false).emit("x", BIG)));
        String target = "/socket.io/?EIO=4&transport=polling";
        target += "&sid=" + Wire.sidOf(host.get(target).text());
        host.post(target, "40");
        assertThat(host.get(target).text()).startsWith("40");
        io.compress(false).emit("x", BIG);
        assertThat(coding(target)).isNull();
        host.post(target, "42[\"e\"]");
        assertThat(coding(target)).isNull();
        io.emit("x", BIG);
        assertThat(coding(target)).isEqualTo("gzip");
    }

    private @Nullable String coding(String target) {
        host.strand().run();
        var accepting = Map.of("accept-encoding", "gzip");
        var answer = host.request("GET", target, accepting, new byte[0]);
        host.strand().runUntil(answer::isAnswered, Duration.ofSeconds(10));
        return answer.header("content-encoding");
    }

    @Test
    void catchAllListenersSeeBothWays() {
        io.onConnection(
                socket -> {
                    socket.onAny((event, args) -> seen.add("in " + event + args.toList()));
                    socket.prependAny((event, _) -> seen.add("first " + event));
                    socket.onAnyOutgoing((event, args) -> seen.add("out " + event + args.toList()));
                    socket.on("e", (_, ack) -> ack.send("unseen"));
                });
        var client = open();
        client.send("20[\"e\",1]");
        io.emit("b", 2);
        io.sockets().iterator().next().emit("c", 3);
        host.strand().run();
        assertThat(seen).containsExactly("first e", "in e[1]", "out b[2]", "out c[3]");
        io.sockets().iterator().next().offAny().offAnyOutgoing();
        client.send("2[\"e\"]");
        io.emit("b");
        host.strand().run();
        assertThat(seen).hasSize(4);
    }

    @Test
    void aSocketsMiddlewareStopsEvents() {
        io.onConnection(
                socket -> {
                    socket.use(
                            (event, _) -> {
                                if (event.equals("no")) {
                                    throw new IllegalArgumentException("not this");
                                }
                            });
                    socket.onError(e -> seen.add(e.getMessage()));
                    socket.on("no", () -> seen.add("no"));
                    socket.on("yes", () -> seen.add("yes"));
                });
        var client = open();
        client.send("21[\"no\"]");
        client.send("2[\"yes\"]");
        assertThat(seen).containsExactly("not this", "yes");
        assertThat(client.received()).containsExactly("31[{\"error\":\"internal error\"}]");
    }

    @Test
    void closingEndsEverythingWithoutADisconnectPacket() {
        io.onConnection(socket -> socket.onDisconnect(reason -> seen.add(reason.toString())));
        var client = open();
        io.close();
        host.strand().run();
        assertThat(client.received()).doesNotContain("1");
        assertThat(client.closed()).isTrue();
        assertThat(seen).containsExactly("server shutting down");
    }

    @Test
    void drainingTellsEverybodyAndSpreadsTheClosing() {
        io.onConnection(socket -> socket.onDisconnect(reason -> seen.add(reason.toString())));
        var clients = List.of(open(), open());
        var done = io.beginDrain(Duration.ofSeconds(10)).done();
        host.strand().run();
        assertThat(clients.stream().flatMap(c -> c.received().stream()))
                .containsExactlyInAnyOrder(
                        "2[\"server_draining\",{\"in\":5000}]",
                        "2[\"server_draining\",{\"in\":10000}]");
        assertThat(host.get("/socket.io/?EIO=4&transport=polling").status()).isEqualTo(503);
        host.strand().advanceMillis(5000);
        assertThat(clients.stream().filter(Wire::closed)).hasSize(1);
        assertThat(done).isNotDone();
        host.strand().advanceMillis(5000);
        assertThat(clients).allMatch(Wire::closed);
        assertThat(done).isDone();
        assertThat(seen).containsExactly("server shutting down", "server shutting down");
    }

    @Test
    void tooManyEventsInASecondCloseTheConnectionWithAReason() {
        var io = SocketTest.server(SocketIoOptions.builder().maxEventsPerSecond(3));
        io.onLimit(exceeded -> seen.add(exceeded.limit()));
        var host = new InProcessHost(io);
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"x\"]");
        client.send("2[\"x\"]");
        client.send("2[\"x\"]");
        host.strand().advanceMillis(1000);
        client.send("2[\"x\"]");
        client.send("2[\"x\"]");
        client.send("2[\"x\"]");
        assertThat(client.closed()).isFalse();
        client.send("2[\"x\"]");
        assertThat(client.received())
                .singleElement()
                .asString()
                .startsWith("2[\"limit_exceeded\",")
                .contains("\"limit\":\"events_per_second\"");
        assertThat(client.closed()).isTrue();
        assertThat(seen).containsExactly(LimitExceeded.Limit.EVENTS_PER_SECOND);
        assertThat(io.engine().metrics().limitsExceeded(LimitExceeded.Limit.EVENTS_PER_SECOND))
                .isEqualTo(1);
    }

    @Test
    void theCloseFrameNamesTheBound() {
        var host =
                new InProcessHost(
                        SocketTest.server(SocketIoOptions.builder().maxEventsPerSecond(1)));
        var socket = host.webSocket("/socket.io/?EIO=4&transport=websocket");
        socket.send("40");
        socket.send("42[\"x\"]");
        socket.send("42[\"x\"]");
        assertThat(socket.closeCode()).isEqualTo(1008);
        assertThat(socket.received().getLast())
                .contains("\"message\":\"" + socket.closeReason() + "\"");
    }

    @Test
    void tooManyWaitingEventsCloseTheConnection() {
        var held = new ArrayList<Runnable>();
        var io =
                SocketIoServer.create(
                        SocketIoOptions.builder().executor(held::add).maxWaitingEvents(2).build());
        var host = new InProcessHost(io);
        io.onConnection(socket -> socket.onDisconnect(_ -> seen.add("left")));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"x\"]");
        assertThat(client.closed()).isFalse();
        client.send("2[\"x\"]");
        assertThat(client.closed()).isTrue();
        held.forEach(Runnable::run);
        assertThat(seen).containsExactly("left");
    }

    @Test
    void tooManyAwaitedAnswersFailTheNextAtOnce() {
        var io = SocketTest.server(SocketIoOptions.builder().maxPendingAcks(1));
        var host = new InProcessHost(io);
        io.onConnection(
                socket -> {
                    seen.add(socket.emitWithAck("a").isDone());
                    socket.emit("b", (AckCallback) (failure, _) -> seen.add(failure));
                });
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        assertThat(seen.getFirst()).isEqualTo(false);
        assertThat(seen.get(1)).isInstanceOf(AckException.TooManyPending.class);
        assertThat(client.received()).hasSize(2);
    }

    @Test
    void whatIsSentInTheMiddleOfAFanOutWaitsForItsEnd() {
        var io =
                SocketTest.server(
                        SocketIoOptions.builder().dispatch(Dispatch.INLINE).maxWaitingBytes(1));
        var host = new InProcessHost(io);
        // The engine ends a slow session inside the fan-out, and its handler emits there and then.
        io.onConnection(socket -> socket.onDisconnect(_ -> io.emit("left", Wire.bytes(1))));
        var slow = host.webSocket("/socket.io/?EIO=4&transport=websocket");
        slow.send("40");
        var quick = Wire.Kind.WEBSOCKET.open(host).join();
        slow.stall();
        io.emit("one", Wire.bytes(2), Wire.bytes(3));
        io.emit("two", Wire.bytes(4), Wire.bytes(5));
        host.strand().run();
        assertThat(slow.isOpen()).isFalse();
        assertThat(quick.received())
                .extracting(m -> m.replaceAll(",.*", ""))
                .containsExactly(
                        "52-[\"one\"",
                        "0x02",
                        "0x03",
                        "52-[\"two\"",
                        "0x04",
                        "0x05",
                        "51-[\"left\"",
                        "0x01");
    }
}
