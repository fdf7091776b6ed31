package io.natter.admin;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// A server in memory, whose clients speak in literal packets.
final class AdminNode {
    /// Of the password "changeit", made by npm `bcryptjs`.
    static final String HASH = "$2a$04$21csYMDGJV/QlA9hp85rBeL8nG6Fy8CkDkZ2zHsAdBcx7BDmf7vgW";

    static final String SIGN_IN = "{\"username\":\"ana\",\"password\":\"changeit\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final List<String> errors = new CopyOnWriteArrayList<>();
    final ManualStrand strand = new ManualStrand();
    final SocketIoServer io =
            SocketIoServer.create(
                    SocketIoOptions.builder()
                            .pingInterval(Duration.ofHours(1))
                            .clock(() -> Instant.EPOCH)
                            .build());
    final InProcessHost host = new InProcessHost(io, strand);

    AdminNode() {
        io.onError(error -> errors.add(String.valueOf(error.cause().getMessage())));
    }

    AdminUi instrument(AdminUiBuilder options) {
        return options.serverId("one").instrument(io);
    }

    void until(BooleanSupplier condition) {
        strand.runUntil(condition, PATIENCE);
    }

    Client client(String... more) {
        return new Client(
                host.webSocket("/socket.io/?EIO=4&transport=websocket" + String.join("", more)));
    }

    Client client(Map<String, String> headers, String more) {
        return new Client(host.webSocket("/socket.io/?EIO=4&transport=websocket" + more, headers));
    }

    Client admin(String auth) {
        Client client = client();
        client.send("40/admin," + auth);
        return client;
    }

    /// A client that joined the main namespace.
    Client joined() {
        Client client = client();
        client.send("40");
        client.await("40{");
        return client;
    }

    final class Client {
        final InProcessWebSocket socket;
        private final List<String> packets = new ArrayList<>();

        Client(InProcessWebSocket socket) {
            this.socket = socket;
        }

        void send(String packet) {
            socket.send(packet);
            strand.run();
        }

        List<String> packets() {
            strand.run();
            packets.addAll(socket.received());
            return packets;
        }

        /// Waits for a packet that begins so, and gives it.
        String await(String prefix) {
            until(() -> packets().stream().anyMatch(packet -> packet.startsWith(prefix)));
            return packets.stream()
                    .filter(packet -> packet.startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }

        /// The events of that name so far.
        List<String> events(String... names) {
            return packets().stream()
                    .filter(
                            packet ->
                                    List.of(names).stream()
                                            .anyMatch(
                                                    name ->
                                                            packet.contains(
                                                                    "/admin,[\"" + name + "\"")))
                    .toList();
        }

        void leave() {
            socket.close(1006);
            strand.run();
        }
    }
}
