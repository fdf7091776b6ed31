package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.ManualStrand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// The next event of a client whose events are broadcast to many waits until most of the broadcasts
/// are written. So other clients are served in between.
final class BroadcastBacklogTest {
    private static final int MEMBERS = 200;
    private static final int EVENTS = 50;

    /// A broadcast of this to all members costs 1.7 MB, of 4 MiB that may wait.
    private static final String LARGE = "2[\"all\",\"" + "x".repeat(8000) + "\"]";

    private final ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final SocketIoServer io =
            SocketIoServer.create(SocketIoOptions.builder().executor(held::add).build());
    private final InProcessHost host = new InProcessHost(io);
    private final ManualStrand strandOfMembers = new ManualStrand();
    private final List<Wire> members = new ArrayList<>();
    private final List<String> handled = new ArrayList<>();
    private final Wire sender;

    BroadcastBacklogTest() {
        io.onConnection(
                socket -> {
                    socket.on(
                            "all",
                            String.class,
                            text -> {
                                handled.add("all");
                                io.to("members").emit("all", text);
                            });
                    socket.on(
                            "echo",
                            () -> {
                                handled.add("echo");
                                socket.emit("echo");
                            });
                    socket.on("join", () -> socket.join("members"));
                });
        sender = join(host);
        var hostOfMembers = host.on(strandOfMembers);
        for (int i = 0; i < MEMBERS; i++) {
            var member = join(hostOfMembers);
            member.send("2[\"join\"]");
            members.add(member);
        }
        work();
    }

    private Wire join(InProcessHost at) {
        var client = Wire.Kind.WEBSOCKET.open(at);
        client.send("0");
        work();
        client.received();
        return client;
    }

    /// Runs the handlers that were handed over, on a thread that is no strand.
    private void handle() {
        while (!held.isEmpty()) {
            CompletableFuture.runAsync(held.remove()).join();
        }
    }

    private void work() {
        do {
            handle();
            strandOfMembers.run();
            host.strand().run();
        } while (!held.isEmpty());
    }

    private void sendMany() {
        for (int i = 0; i < EVENTS; i++) {
            sender.send(LARGE);
        }
    }

    @Test
    void theNextEventIsHandledWhenHalfOfTheBacklogIsWritten() {
        sendMany();
        handle();
        assertThat(handled).hasSize(3);
        strandOfMembers.run();
        host.strand().run();
        handle();
        assertThat(handled).hasSize(6);
        work();
        assertThat(handled).hasSize(EVENTS);
        for (var member : members) {
            assertThat(member.received()).hasSize(EVENTS).containsOnly(LARGE);
        }
    }

    @Test
    void anotherClientIsServedBetween() {
        var other = join(host);
        sendMany();
        other.send("2[\"echo\"]");
        handle();
        assertThat(handled).containsExactly("all", "all", "all", "echo");
        assertThat(other.received()).containsExactly("2[\"echo\"]");
    }

    @Test
    void theClientIsNotReadMeanwhile() {
        sendMany();
        handle();
        host.strand().run();
        long read = io.metrics().eventsIn();
        sendMany();
        assertThat(io.metrics().eventsIn()).isEqualTo(read);
        work();
        assertThat(handled).hasSize(2 * EVENTS);
    }

    @Test
    void anEventToOneReceiverIsNotHeldBack() {
        io.onConnection(
                socket -> socket.on("own", () -> io.to(socket.id()).emit("own", "x".repeat(8000))));
        var own = join(host);
        for (int i = 0; i < EVENTS; i++) {
            own.send("2[\"own\"]");
        }
        handle();
        assertThat(own.received()).hasSize(EVENTS);
    }

    @Test
    void aStrandThatHasEndedIsNotWaitedFor() {
        strandOfMembers.end();
        sendMany();
        handle();
        assertThat(handled).hasSize(EVENTS);
    }
}
