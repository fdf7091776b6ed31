package io.natter.socketio.presence;

import io.natter.cluster.SharedAdapter;
import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.HandlerError;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A server with presence whose clock is that of a strand. It can be frozen: then nothing of it
/// runs until it is thawed.
final class PresenceNode {
    final List<String> told = new ArrayList<>();
    final List<String> errors = new ArrayList<>();
    final SocketIoServer io;
    private final ManualStrand strand;
    private final InProcessHost host;
    private final String name;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean frozen;

    PresenceNode(ManualStrand strand, String name, SharedAdapter.@Nullable Hub hub) {
        this.strand = strand;
        this.name = name;
        var options =
                SocketIoOptions.builder()
                        .pingInterval(Duration.ofHours(1))
                        .clock(() -> Instant.ofEpochMilli(strand.nanoTime() / 1_000_000))
                        .executor(this::run);
        io = SocketIoServer.create((hub == null ? options : options.adapter(hub::join)).build());
        io.onError(error -> errors.add(message(error)));
        host = new InProcessHost(io, strand);
    }

    private static String message(HandlerError error) {
        return String.valueOf(error.cause().getMessage());
    }

    private void run(Runnable task) {
        if (frozen) {
            held.add(task);
        } else {
            task.run();
        }
    }

    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    /// Users named by the client's `auth.name`.
    static PresenceBuilder byName() {
        return Presence.by(socket -> auth(socket, "name")).data(socket -> auth(socket, "data"));
    }

    // callers tie T to the type they pass
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> @Nullable T auth(Socket socket, String member) {
        return (T) socket.handshake().auth().get(member);
    }

    Presence start(PresenceBuilder options) {
        return options.onJoin(user -> told.add("+" + user.key()))
                .onUpdate(user -> told.add("~" + user.key() + user.data(Object.class)))
                .onLeave(user -> told.add("-" + user.key()))
                .start(io.of("/"), name, new StrandTimers());
    }

    private final class StrandTimers implements PresenceTimers {
        private boolean closed;

        @Override
        public long nanoTime() {
            return strand.nanoTime();
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            if (!closed) {
                strand.schedule(() -> run(task), delayNanos);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    InProcessWebSocket client(String name) {
        return join("{\"name\":\"" + name + "\"}");
    }

    InProcessWebSocket client(String name, String data) {
        return join("{\"name\":\"" + name + "\",\"data\":" + data + "}");
    }

    InProcessWebSocket join(String auth) {
        var socket = host.webSocket("/socket.io/?EIO=4&transport=websocket");
        socket.send("40" + auth);
        strand.run();
        socket.received();
        return socket;
    }

    void leave(InProcessWebSocket socket) {
        socket.close(1006);
        strand.run();
    }

    /// The events of the listeners since the last call.
    List<String> told() {
        var all = List.copyOf(told);
        told.clear();
        return all;
    }
}
