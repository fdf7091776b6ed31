package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.dispatch.Dispatch;
import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.host.inprocess.ManualStrand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many threads at once, on strands that run each on a thread of its own: whatever they do, order
/// and attachments hold for each connection.
final class OrderUnderLoadTest {
    private static final int STRANDS = 3;
    private static final int CLIENTS = 12;
    private static final int SENDERS = 4;
    private static final int ROUNDS = 200;
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Pattern EVENT =
            Pattern.compile(
                    "451-\\[\"e\",(\\d+),(\\d+),\\{\"_placeholder\":true,\"num\":0}(,\".*\")?]");

    /// A strand turned by a thread until the test is over.
    private static final class Turned {
        final ManualStrand strand = new ManualStrand();
        private volatile boolean stop;
        private final Thread thread = new Thread(() -> strand.runUntil(() -> stop, BOUND));

        void start() {
            thread.start();
        }

        void stop() throws InterruptedException {
            stop = true;
            thread.join();
            strand.run(); // from here on the test's thread turns it
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void orderAndAttachmentsHoldForEachConnection(boolean recovery) throws Exception {
        var options = SocketIoOptions.builder().dispatch(Dispatch.VIRTUAL);
        if (recovery) {
            options.connectionStateRecovery(ConnectionStateRecovery.DEFAULT);
        }
        var io = SocketIoServer.create(options.build());
        var handled = new ConcurrentLinkedQueue<String>();
        var atOnce = new AtomicInteger();
        var joined = new CountDownLatch(CLIENTS);
        io.onConnection(
                socket -> {
                    var running = new AtomicInteger();
                    socket.on(
                            "n",
                            Integer.class,
                            n -> {
                                if (running.incrementAndGet() != 1) {
                                    atOnce.incrementAndGet();
                                }
                                socket.emit("m", n);
                                handled.add(socket.id() + " " + n);
                                running.decrementAndGet();
                            });
                    socket.join("all");
                    joined.countDown();
                });
        var strands = new ArrayList<Turned>();
        var clients = new ArrayList<InProcessWebSocket>();
        for (int i = 0; i < STRANDS; i++) {
            strands.add(new Turned());
        }
        for (int i = 0; i < CLIENTS; i++) {
            var host = new InProcessHost(io, strands.get(i % STRANDS).strand);
            var client = host.webSocket("/socket.io/?EIO=4&transport=websocket");
            client.send("40");
            clients.add(client);
        }
        strands.forEach(Turned::start);
        assertThat(joined.await(60, TimeUnit.SECONDS)).isTrue();

        var senders = new ArrayList<Thread>();
        var sockets = List.copyOf(io.sockets());
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            senders.add(
                    Thread.startVirtualThread(
                            () -> {
                                for (int i = 0; i < ROUNDS; i++) {
                                    int n = i;
                                    var bytes = new byte[] {(byte) sender, (byte) i};
                                    switch (i % 3) {
                                        case 0 -> io.emit("e", sender, i, bytes);
                                        case 1 -> io.to("all", "none").emit("e", sender, i, bytes);
                                        default ->
                                                sockets.forEach(
                                                        each -> each.emit("e", sender, n, bytes));
                                    }
                                }
                            }));
        }
        senders.add(
                Thread.startVirtualThread(
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                for (Socket socket : sockets) {
                                    socket.join("r" + i % 5);
                                    socket.leave("r" + (i + 2) % 5);
                                }
                            }
                        }));
        for (int i = 0; i < ROUNDS; i++) {
            int n = i;
            for (int c = 0; c < CLIENTS; c++) {
                var client = clients.get(c);
                strands.get(c % STRANDS).strand.execute(() -> client.send("42[\"n\"," + n + "]"));
            }
        }
        for (Thread sender : senders) {
            sender.join();
        }
        long end = System.nanoTime() + BOUND.toNanos();
        while (handled.size() < CLIENTS * ROUNDS && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        var settled = new CountDownLatch(STRANDS);
        strands.forEach(s -> s.strand.execute(settled::countDown));
        assertThat(settled.await(60, TimeUnit.SECONDS)).isTrue();
        for (Turned strand : strands) {
            strand.stop();
        }

        assertThat(atOnce).hasValue(0);
        for (Socket socket : sockets) {
            assertThat(handled.stream().filter(h -> h.startsWith(socket.id())))
                    .hasSize(ROUNDS)
                    .isSortedAccordingTo((a, b) -> Integer.compare(numberOf(a), numberOf(b)));
        }
        for (InProcessWebSocket client : clients) {
            checkOrder(client.received());
        }
    }

    private static void checkOrder(List<String> received) {
        var next = new int[SENDERS];
        int echoed = 0;
        for (int i = 0; i < received.size(); i++) {
            String packet = received.get(i);
            Matcher event = EVENT.matcher(packet);
            if (event.matches()) {
                int sender = Integer.parseInt(event.group(1));
                int n = Integer.parseInt(event.group(2));
                assertThat(n).isEqualTo(next[sender]++);
                assertThat(received.get(++i)).isEqualTo("0x%02x%02x".formatted(sender, n & 255));
            } else if (packet.startsWith("42[\"m\",")) {
                assertThat(packet).startsWith("42[\"m\"," + echoed++);
            }
        }
        assertThat(next).containsOnly(ROUNDS);
        assertThat(echoed).isEqualTo(ROUNDS);
    }

    private static int numberOf(String handled) {
        return Integer.parseInt(handled.substring(handled.indexOf(' ') + 1));
    }
}
