package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.cluster.SharedAdapter;
import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.adapter.LocalAdapter;
import io.natter.socketio.adapter.RoomListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Two servers joined by an adapter that uses the public interfaces only: the tasks of an adapter
/// for a cluster.
final class ClusterTest {
    private final SharedAdapter.Hub hub = new SharedAdapter.Hub(false);
    private final ManualStrand strand = new ManualStrand();
    private final SocketIoServer one = server(hub);
    private final SocketIoServer two = server(hub);
    private final Wire clientOfOne = client(one).join();
    private final Wire clientOfTwo = client(two).join();

    private static SocketIoServer server(SharedAdapter.Hub hub) {
        return SocketTest.server(
                SocketIoOptions.builder()
                        .connectionStateRecovery(ConnectionStateRecovery.DEFAULT)
                        .adapter(hub::join));
    }

    private Wire client(SocketIoServer io) {
        return Wire.Kind.WEBSOCKET.open(new InProcessHost(io, strand));
    }

    @Test
    void aBroadcastReachesTheOtherServerUnlessItIsLocal() {
        one.emit("x");
        one.local().emit("y");
        assertThat(clientOfOne.received()).containsExactly("2[\"x\"]", "2[\"y\"]");
        assertThat(clientOfTwo.received()).containsExactly("2[\"x\"]");
    }

    @Test
    void theAnswersOfBothServersAreGathered() {
        var answers = one.timeout(Duration.ofSeconds(1)).emitWithAck("q");
        clientOfOne.send("30[1]");
        assertThat(answers).isNotDone();
        clientOfTwo.send("30[2]");
        assertThat(answers.join()).extracting(a -> a.get(0, Integer.class)).containsExactly(1, 2);
    }

    @Test
    void serverSideEventsGoToTheOthersOnly() {
        var seen = new ArrayList<Object>();
        one.onServerSide("e", (_, _) -> seen.add("own"));
        two.onServerSide("e", (args, _) -> seen.add(args.toList()));
        two.onServerSide("q", (args, ack) -> ack.send(args.get(0, Integer.class)));
        one.serverSideEmit("e", 1, "a");
        assertThat(seen).containsExactly(List.of(1, "a"));
        assertThat(one.serverSideEmitWithAck("q", 5).join())
                .singleElement()
                .satisfies(args -> assertThat(args.toList()).containsExactly(5));
        assertThatThrownBy(() -> one.serverSideEmit("new_namespace"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerAloneHasAnEmptyListOfAnswersAtOnce() {
        var alone = SocketTest.server(SocketIoOptions.builder());
        assertThat(alone.serverSideEmitWithAck("q").join()).isEmpty();
    }

    @Test
    void socketsOfBothServersAreFoundMovedAndDisconnected() {
        one.socketsJoin("room");
        strand.run();
        var fetched = CompletableFuture.supplyAsync(() -> one.in("room").fetchSockets());
        strand.runUntil(fetched::isDone, Duration.ofSeconds(10));
        List<RemoteSocket> found = fetched.join();
        assertThat(found).extracting(RemoteSocket::id).containsExactly(id(one), id(two));
        assertThat(found).allSatisfy(socket -> assertThat(socket.rooms()).contains("room"));
        one.to("room").emit("x");
        assertThat(clientOfTwo.received()).containsExactly("2[\"x\"]");
        two.to(id(one)).socketsLeave("room");
        one.to("room").disconnectSockets();
        assertThat(clientOfOne.received()).containsExactly("2[\"x\"]");
        assertThat(clientOfTwo.received()).containsExactly("1");
    }

    private static String id(SocketIoServer io) {
        return io.sockets().iterator().next().id();
    }

    @Test
    void anAdapterHearsOfRooms() {
        LocalAdapter local = hub.local(0);
        var seen = new ArrayList<String>();
        local.onRooms(
                new RoomListener() {
                    @Override
                    public void created(String room) {
                        seen.add("+" + room);
                    }

                    @Override
                    public void deleted(String room) {
                        seen.add("-" + room);
                    }
                });
        one.socketsJoin("room");
        strand.run();
        assertThat(local.hasRoom("room")).isTrue();
        assertThat(local.hasRoom(id(one))).isTrue();
        assertThat(local.hasRoom(id(two))).isFalse();
        String id = id(one);
        clientOfOne.cut();
        strand.run();
        assertThat(seen).containsExactly("+room", "-room", "-" + id);
        assertThat(local.hasRoom("room")).isFalse();
        assertThat(local.hasRoom(id)).isFalse();
    }

    @Test
    void aSessionLostOnOneServerIsRecoveredOnTheOther() {
        var keeping = new SharedAdapter.Hub(true);
        SocketIoServer first = server(keeping);
        SocketIoServer second = server(keeping);
        first.onConnection(socket -> socket.join("room"));
        Wire client = client(first);
        client.send("0");
        String connect = client.received().getFirst();
        second.emit("one");
        assertThat(client.received()).containsExactly("2[\"one\",\"n1\"]");
        client.cut();
        strand.run();
        first.to("room").emit("two", 2);
        second.to("other").emit("unheard");
        second.except("room").emit("unheard");

        Wire again = client(second);
        again.send("0" + RecoveryTest.credentials(connect, "2[\"one\",\"n1\"]"));
        assertThat(again.received()).containsExactly("2[\"two\",2,\"n2\"]", connect);
        first.to("room").emit("three");
        assertThat(again.received()).containsExactly("2[\"three\",\"n5\"]");
    }
}
