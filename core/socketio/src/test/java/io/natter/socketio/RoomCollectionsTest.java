package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Rooms as collections; an empty one is no room and reaches no socket.
final class RoomCollectionsTest {
    private final SocketIoServer io = SocketTest.server(SocketIoOptions.builder());
    private final InProcessHost host = new InProcessHost(io);

    private record Joined(Wire wire, Socket socket) {}

    private Joined join(String... rooms) {
        var before = Set.copyOf(io.sockets());
        var wire = Wire.Kind.WEBSOCKET.open(host).join();
        var socket =
                io.sockets().stream().filter(s -> !before.contains(s)).findFirst().orElseThrow();
        socket.join(List.of(rooms));
        return new Joined(wire, socket);
    }

    /// The test's own thread is the strand, which must not wait.
    private List<RemoteSocket> fetch(Broadcast from) {
        var fetched = CompletableFuture.supplyAsync(from::fetchSockets);
        host.strand().runUntil(fetched::isDone, Duration.ofSeconds(30));
        return fetched.join();
    }

    @Test
    void anEmptyCollectionReachesNoSocket() {
        var ana = join("a");
        var zoe = join("a");
        List<String> none = List.of();
        io.to(none).emit("x");
        io.in(none).emit("x");
        ana.socket().to(none).emit("x");
        ana.socket().in(none).emit("x");
        ana.socket().asVolatile().in(none).emit("x");
        io.in(none).socketsLeave("a");
        io.in(none).disconnectSockets();
        assertThat(fetch(io.in(none))).isEmpty();
        assertThat(ana.wire().received()).isEmpty();
        assertThat(zoe.wire().received()).isEmpty();
        assertThat(fetch(io.in("a"))).hasSize(2);
        // No room is excepted, none is joined and none is left.
        io.except(none).emit("x");
        io.socketsJoin(none);
        io.socketsLeave(none);
        ana.socket().leave(none).join(none);
        assertThat(zoe.wire().received()).containsExactly("2[\"x\"]");
        assertThat(ana.socket().rooms()).containsExactlyInAnyOrder("a", ana.socket().id());
    }

    @Test
    void leavingARoomThatASocketIsNotInDoesNothing() {
        var ana = join();
        var zoe = join("a");
        ana.socket().leave("a");
        io.socketsLeave("a");
        host.strand().run();
        assertThat(ana.socket().rooms()).containsExactly(ana.socket().id());
        assertThat(zoe.socket().rooms()).containsExactly(zoe.socket().id());
    }

    @Test
    void aCollectionIsTheSameAsItsRooms() {
        var ana = join("a", "b", "c");
        var zoe = join("b");
        var eve = join("c");
        ana.socket().in(List.of("a", "b")).emit("one");
        ana.socket().except(Set.of("b")).emit("two");
        ana.socket().timeout(Duration.ofSeconds(1)).except(List.of("c")).emit("three");
        assertThat(ana.wire().received()).isEmpty();
        assertThat(zoe.wire().received()).containsExactly("2[\"one\"]", "2[\"three\"]");
        assertThat(eve.wire().received()).containsExactly("2[\"two\"]");
        ana.socket().leave("a", "b");
        assertThat(ana.socket().rooms()).containsExactlyInAnyOrder("c", ana.socket().id());
        ana.socket().leave(List.of("c"));
        io.in(List.of("b", "c")).socketsJoin(List.of("d", "e"));
        io.in("d").socketsLeave(List.of("b", "c"));
        assertThat(zoe.socket().rooms()).containsExactlyInAnyOrder("d", "e", zoe.socket().id());
        var remote = fetch(io.in("e"));
        remote.forEach(each -> each.leave(List.of("d", "e")));
        remote.forEach(each -> each.join(List.of("f")));
        assertThat(eve.socket().rooms()).containsExactlyInAnyOrder("f", eve.socket().id());
    }
}
