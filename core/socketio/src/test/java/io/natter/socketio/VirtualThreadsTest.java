package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.payload.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Handlers where they run by default: on virtual threads, free to block.
final class VirtualThreadsTest {
    private final SocketIoServer io = SocketIoServer.create();
    private final InProcessHost host = new InProcessHost(io);
    private final ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();

    record Answer(int n) {}

    private void await(BooleanSupplier condition) {
        host.strand().runUntil(condition, Duration.ofSeconds(30));
    }

    private List<String> awaitMessage(Wire client, String prefix) {
        var all = new java.util.ArrayList<String>();
        await(
                () -> {
                    all.addAll(client.received());
                    return all.stream().anyMatch(m -> m.startsWith(prefix));
                });
        return all;
    }

    @Test
    void aHandlerMayWaitForItsOwnClient() {
        io.onConnection(
                socket -> {
                    assertThat(Thread.currentThread().isVirtual()).isTrue();
                    socket.on(
                            "start",
                            () -> {
                                var timed = socket.timeout(Duration.ofMinutes(1));
                                seen.add(timed.call("one", 1, Answer.class));
                                seen.add(timed.call("two", new TypeRef<List<Answer>>() {}));
                                seen.add(timed.emitWithAck("three").join().toList());
                            });
                    socket.on("meanwhile", () -> seen.add("meanwhile"));
                });
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        awaitMessage(client, "0");
        client.send("2[\"start\"]");
        client.send("2[\"meanwhile\"]");
        awaitMessage(client, "20");
        client.send("30[{\"n\":1}]");
        awaitMessage(client, "21");
        client.send("31[[{\"n\":2}]]");
        awaitMessage(client, "22");
        client.send("32[3]");
        await(() -> seen.size() == 4);
        assertThat(seen)
                .containsExactly(new Answer(1), List.of(new Answer(2)), List.of(3), "meanwhile");
    }

    @Test
    void aCallFailsWhenItsTimeIsUpOrItsClientLeaves() {
        io.onConnection(
                socket ->
                        socket.on(
                                "start",
                                () -> {
                                    try {
                                        socket.timeout(Duration.ofSeconds(1))
                                                .call("q", 1, String.class);
                                    } catch (AckException e) {
                                        seen.add(e.getClass());
                                    }
                                    try {
                                        socket.call("q", 1, String.class);
                                    } catch (AckException e) {
                                        seen.add(e.getClass());
                                    }
                                }));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        awaitMessage(client, "0");
        client.send("2[\"start\"]");
        awaitMessage(client, "20");
        host.strand().advanceMillis(1000);
        awaitMessage(client, "21");
        client.cut();
        await(() -> seen.size() == 2);
        assertThat(seen)
                .containsExactly(AckException.TimedOut.class, AckException.Disconnected.class);
    }

    @Test
    void middlewareMayBlockWhileItsClientWaitsAndOthersGoOn() {
        var open = new CountDownLatch(1);
        io.use(
                socket -> {
                    if (socket.handshake().auth().equals(Map.of("slow", true))) {
                        open.await();
                    }
                });
        io.onConnection(socket -> socket.on("e", () -> seen.add("e")));
        var slow = Wire.Kind.WEBSOCKET.open(host);
        slow.send("0{\"slow\":true}");
        slow.send("2[\"e\"]");
        var quick = Wire.Kind.WEBSOCKET.open(host);
        quick.send("0");
        awaitMessage(quick, "0");
        assertThat(slow.received()).isEmpty();
        assertThat(slow.closed()).isFalse();
        open.countDown();
        awaitMessage(slow, "0");
        await(() -> !seen.isEmpty());
    }

    @Test
    void aClientThatLeavesWhileItIsJudgedIsNeverTold() {
        var open = new CountDownLatch(1);
        var judged = new CountDownLatch(1);
        io.use(
                socket -> {
                    open.await();
                    socket.join("r");
                    judged.countDown();
                });
        io.onConnection(_ -> seen.add("connection"));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        client.cut();
        open.countDown();
        await(() -> judged.getCount() == 0 && io.of("/").rooms().isEmpty());
        assertThat(io.sockets()).isEmpty();
        assertThat(seen).isEmpty();
    }
}
