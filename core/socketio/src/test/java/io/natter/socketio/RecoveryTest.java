package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Connection state recovery, as a client sees it.
final class RecoveryTest {
    private final List<Object> seen = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final SocketIoServer io = server(ConnectionStateRecovery.DEFAULT);
    private final InProcessHost host = new InProcessHost(io);

    private SocketIoServer server(ConnectionStateRecovery recovery) {
        return SocketTest.server(
                SocketIoOptions.builder().connectionStateRecovery(recovery).clock(() -> now));
    }

    /// Private id and last offset, as a client keeps them.
    static String credentials(String connect, String lastEvent) {
        int at = connect.indexOf("\"pid\":\"") + 7;
        String pid = connect.substring(at, connect.indexOf('"', at));
        String offset =
                lastEvent.substring(
                        lastEvent.lastIndexOf('"', lastEvent.length() - 3) + 1,
                        lastEvent.length() - 2);
        return "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}";
    }

    private static String sid(String connect) {
        return Wire.sidOf(connect);
    }

    @ParameterizedTest
    @EnumSource
    void bringsIdRoomsDataAndMissedEventsBack(Wire.Kind kind) {
        io.onConnection(
                socket -> {
                    if (!socket.recovered()) {
                        socket.join("mine");
                        socket.data().put("name", "Ann");
                    }
                    seen.add(socket.recovered() + " " + socket.data().get("name"));
                });
        var client = kind.open(host);
        client.send("0");
        String connect = client.received().getFirst();
        assertThat(connect).matches("0\\{\"sid\":\"[\\w-]{20}\",\"pid\":\"[\\w-]{20}\"}");
        io.emit("one", 1);
        String one = client.received().getFirst();
        assertThat(one).matches("2\\[\"one\",1,\"[^\"]+\"]");
        client.cut();
        io.emit("two", Wire.bytes(7));
        io.to("mine").emit("three");
        io.to("others").emit("unheard");
        io.except("mine").emit("unheard");
        io.to(sid(connect)).emit("four");
        io.asVolatile().emit("unheard");

        var again = kind.open(host);
        again.send("0" + credentials(connect, one));
        var received = again.received();
        assertThat(received).hasSize(5);
        assertThat(received.get(0)).startsWith("51-[\"two\",{");
        assertThat(received.get(1)).isEqualTo("0x07");
        assertThat(received.get(2)).startsWith("2[\"three\",");
        assertThat(received.get(3)).startsWith("2[\"four\",");
        assertThat(received.get(4)).isEqualTo(connect);
        assertThat(seen).containsExactly("false Ann", "true Ann");
        assertThat(io.metrics().recoveries()).isEqualTo(1);

        io.to("mine").emit("five");
        assertThat(again.received()).singleElement().asString().startsWith("2[\"five\",");
    }

    @Test
    void eventsToOneSocketAreKeptToo() {
        io.onConnection(
                socket -> {
                    if (!socket.recovered()) {
                        socket.emit("one");
                        socket.onDisconnect(_ -> socket.emit("while away"));
                    }
                });
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        var first = client.received();
        client.cut();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        assertThat(again.received().getFirst()).startsWith("2[\"while away\",");
    }

    @ParameterizedTest
    @EnumSource
    void waitsForTheEndOfTheLostConnection(Wire.Kind kind) {
        var client = kind.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        var again = kind.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        host.strand().advanceMillis(999);
        assertThat(again.received()).isEmpty();
        client.cut();
        assertThat(again.received()).containsExactly(first.get(0));
        assertThat(io.sockets()).hasSize(1);
    }

    @Test
    void aGoodbyeThatComesLateIsOne() {
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        client.send("1");
        assertThat(sid(again.received().getFirst())).isNotEqualTo(sid(first.get(0)));
    }

    @Test
    void aLostConnectionThatDoesNotEndIsClosedForItsClient() {
        io.onConnection(socket -> socket.onDisconnect(reason -> seen.add(reason.toString())));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        host.strand().advanceMillis(1000);
        assertThat(again.received()).containsExactly(first.get(0));
        assertThat(seen).containsExactly("transport close");
        assertThat(io.sockets()).hasSize(1);
        assertThat(io.engine().clientsCount()).isEqualTo(1);
    }

    @Test
    void startsAnewAfterTooLong() {
        assertThat(recoversAfter(() -> now = now.plus(Duration.ofMinutes(2)))).isTrue();
        assertThat(recoversAfter(() -> now = now.plus(Duration.ofMillis(120_001)))).isFalse();
    }

    @Test
    void startsAnewWhereTheOffsetIsUnknownOrMissing() {
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        String connect = client.received().getFirst();
        client.cut();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(connect, "2[\"x\",\"unknown\"]"));
        assertThat(sid(again.received().getFirst())).isNotEqualTo(sid(connect));
        var third = Wire.Kind.WEBSOCKET.open(host);
        third.send("0{\"pid\":5,\"offset\":[]}");
        assertThat(sid(third.received().getFirst())).isNotEqualTo(sid(connect));
    }

    @Test
    void startsAnewAfterLeavingOnPurpose() {
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        client.send("1");
        client.cut();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        assertThat(sid(again.received().getFirst())).isNotEqualTo(sid(first.get(0)));
    }

    @Test
    void goesByTheReasonOfTheEnd() {
        assertThat(recoversAfterEnd(client -> client.cut(), "transport close")).isTrue();
        assertThat(recoversAfterEnd(client -> client.send("0"), "forced server close")).isTrue();
        assertThat(recoversAfterEnd(_ -> host.strand().advanceMillis(45_000), "ping timeout"))
                .isTrue();
        assertThat(recoversAfterEnd(client -> client.send("x"), "forced close")).isTrue();
        assertThat(recoversAfterEnd(_ -> io.disconnectSockets(), "server namespace disconnect"))
                .isFalse();
        assertThat(recoversAfterEnd(client -> client.send("1"), "client namespace disconnect"))
                .isFalse();
    }

    private boolean recoversAfterEnd(Consumer<Wire> end, String reason) {
        seen.clear();
        io.onConnection(socket -> socket.onDisconnect(why -> seen.add(why.toString())));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        end.accept(client);
        host.strand().run();
        assertThat(seen).contains(reason);
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        boolean recovered = again.received().contains(first.get(0));
        again.cut();
        return recovered;
    }

    @Test
    void aMiddlewareIsAskedAgainOnlyIfSoChosen() {
        for (boolean skip : new boolean[] {true, false}) {
            seen.clear();
            var io = server(new ConnectionStateRecovery(Duration.ofMinutes(2), skip, 1 << 20));
            var host = new InProcessHost(io);
            io.use(socket -> seen.add(socket.recovered()));
            var client = Wire.Kind.WEBSOCKET.open(host);
            client.send("0");
            io.emit("x");
            var first = client.received();
            client.cut();
            var again = Wire.Kind.WEBSOCKET.open(host);
            again.send("0" + credentials(first.get(0), first.get(1)));
            assertThat(again.received()).containsExactly(first.get(0));
            assertThat(seen).isEqualTo(skip ? List.of(false) : List.of(false, true));
        }
    }

    @Test
    void acknowledgementsAndAskingEventsCarryNoOffset() {
        io.onConnection(socket -> socket.on("ask", (_, ack) -> ack.send("a")));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"ask\"]");
        assertThat(client.received()).containsExactly("31[\"a\"]");
        assertThat(io.emitWithAck("q")).isNotDone();
        assertThat(client.received()).containsExactly("20[\"q\"]");
    }

    @Test
    void anEventIsReplayedOrDeliveredButNeverBoth() {
        var held = new ArrayList<Runnable>();
        var io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .connectionStateRecovery(ConnectionStateRecovery.DEFAULT)
                                .executor(held::add)
                                .build());
        var host = new InProcessHost(io);
        Wire.Kind.WEBSOCKET.open(host).join(); // so that the strand has somebody to deliver to
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("one");
        var first = client.received();
        client.cut();
        while (!held.isEmpty()) {
            held.removeFirst().run();
            host.strand().run();
        }
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        held.removeFirst().run(); // gives the strand the task that lets the socket in
        io.emit("two"); // kept before that task runs, given to the strand after it
        assertThat(again.received())
                .extracting(m -> m.replaceAll(",.*", ""))
                .containsExactly(
                        "2[\"two\"", "0" + first.get(0).substring(1).replaceAll(",.*", ""));
        io.emit("three");
        assertThat(again.received()).hasSize(1);
    }

    @Test
    void keepsNoMoreBytesThanAllowed() {
        var io = server(new ConnectionStateRecovery(Duration.ofMinutes(2), true, 2000));
        var host = new InProcessHost(io);
        for (int missed : new int[] {3, 30}) {
            var client = Wire.Kind.WEBSOCKET.open(host);
            client.send("0");
            io.emit("x");
            var first = client.received();
            client.cut();
            for (int i = 0; i < missed; i++) {
                io.emit("y", "z".repeat(100));
            }
            var again = Wire.Kind.WEBSOCKET.open(host);
            again.send("0" + credentials(first.get(0), first.get(1)));
            assertThat(again.received().contains(first.get(0))).isEqualTo(missed == 3);
        }
    }

    private boolean recoversAfter(Runnable pause) {
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        client.cut();
        pause.run();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        return again.received().contains(first.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void anyAmountThatWasMissedIsSentAsItIsTaken(Wire.Kind kind) {
        var io =
                SocketTest.server(
                        SocketIoOptions.builder()
                                .connectionStateRecovery(ConnectionStateRecovery.DEFAULT)
                                .maxWaitingBytes(100_000));
        var host = new InProcessHost(io);
        var client = kind.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        client.cut();
        for (int i = 0; i < 1000; i++) {
            io.emit("m" + i, "z".repeat(1000));
        }
        var again = kind.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        io.emit("now");
        var received = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            received.addAll(again.received());
        }
        assertThat(again.closed()).isFalse();
        assertThat(received).hasSize(1002);
        for (int i = 0; i < 1000; i++) {
            assertThat(received.get(i)).startsWith("2[\"m" + i + "\",");
        }
        assertThat(received.get(1000)).isEqualTo(first.get(0));
        assertThat(received.get(1001)).startsWith("2[\"now\",");
        io.emit("later");
        assertThat(again.received()).singleElement().asString().startsWith("2[\"later\",");
    }

    @Test
    void whatWasMissedWaitsInSmallPortionsForAClientThatDoesNotRead() {
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("x");
        var first = client.received();
        client.cut();
        for (int i = 0; i < 3000; i++) {
            io.emit("m", "z".repeat(1000));
        }
        var slow = host.webSocket("/socket.io/?EIO=4&transport=websocket");
        slow.received();
        slow.stall();
        slow.send("40" + credentials(first.get(0), first.get(1)));
        io.emit("now");
        int got = slow.received().size();
        assertThat(got).isBetween(200, 600);
        host.strand().advanceMillis(1000);
        assertThat(slow.received()).isEmpty();
        slow.resume();
        assertThat(slow.received()).hasSize(3002 - got);
        assertThat(slow.isOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatHandlersGaveBeforeTheClientCameBackIsKept(Wire.Kind kind) {
        var held = new ArrayList<Runnable>();
        var io = heldServer(held);
        var host = new InProcessHost(io);
        io.onConnection(
                socket ->
                        socket.on(
                                "join",
                                String.class,
                                room -> {
                                    socket.join(room);
                                    socket.leave("old");
                                    socket.data().put("room", room);
                                }));
        io.use(socket -> socket.join("old"));
        var client = kind.open(host);
        client.send("0");
        work(held, host);
        io.emit("x");
        var first = client.received();
        client.send("2[\"join\",\"lobby\"]"); // its handler has yet to run
        client.cut();
        var again = kind.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        assertThat(again.received()).isEmpty();
        work(held, host);
        assertThat(again.received()).containsExactly(first.get(0));
        var socket = io.sockets().iterator().next();
        assertThat(socket.recovered()).isTrue();
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "lobby");
        assertThat(socket.data()).containsEntry("room", "lobby");
        io.to("lobby").emit("in");
        assertThat(again.received()).hasSize(1);
    }

    @Test
    void aHandlerThatDoesNotEndKeepsNoClientWaitingForEver() {
        var held = new ArrayList<Runnable>();
        var io = heldServer(held);
        var host = new InProcessHost(io);
        io.onConnection(socket -> socket.on("hangs", () -> {}));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        work(held, host);
        io.emit("x");
        var first = client.received();
        client.send("2[\"hangs\"]");
        client.cut();
        host.strand().run();
        var hanging = List.copyOf(held);
        held.clear();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        host.strand().advanceMillis(4999);
        assertThat(held).isEmpty();
        host.strand().advanceMillis(1);
        work(held, host);
        assertThat(sid(again.received().getFirst())).isNotEqualTo(sid(first.get(0)));
        hanging.forEach(Runnable::run);
        host.strand().run();
        assertThat(io.sockets()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatWasIdleForLongIsRecoveredWhereItHasMissedNothing(Wire.Kind kind) {
        io.onConnection(
                socket -> {
                    if (!socket.recovered()) {
                        socket.join(io.sockets().size() == 1 ? "loud" : "quiet");
                    }
                });
        Wire.Kind.WEBSOCKET.open(host).join();
        var client = kind.open(host);
        client.send("0");
        io.to("quiet").emit("x");
        var first = client.received();
        for (int i = 0; i < 10; i++) {
            now = now.plus(Duration.ofMinutes(1));
            io.to("loud").emit("for others");
        }
        client.cut();
        now = now.plus(Duration.ofMinutes(1));
        io.to("quiet").emit("missed");
        var again = kind.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        assertThat(again.received()).hasSize(2).last().isEqualTo(first.get(0));
    }

    @Test
    void aClientThatHasLostWhatWasSentToItLongAgoStartsAnew() {
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("one");
        io.emit("two"); // does not arrive
        var first = client.received();
        for (int i = 0; i < 3; i++) {
            now = now.plus(Duration.ofMinutes(1));
            io.to("others").emit("x");
        }
        client.cut();
        var again = Wire.Kind.WEBSOCKET.open(host);
        again.send("0" + credentials(first.get(0), first.get(1)));
        assertThat(sid(again.received().getLast())).isNotEqualTo(sid(first.get(0)));
        var complete = Wire.Kind.WEBSOCKET.open(host);
        complete.send("0" + credentials(first.get(0), first.get(2)));
        assertThat(complete.received()).containsExactly(first.get(0));
    }

    private SocketIoServer heldServer(List<Runnable> held) {
        return SocketIoServer.create(
                SocketIoOptions.builder()
                        .connectionStateRecovery(ConnectionStateRecovery.DEFAULT)
                        .executor(held::add)
                        .build());
    }

    private static void work(List<Runnable> held, InProcessHost host) {
        host.strand().run();
        while (!held.isEmpty()) {
            held.removeFirst().run();
            host.strand().run();
        }
    }
}
