package io.natter.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An adapter of several servers in one process. It is in a package of its own, so it has what an
/// adapter for Redis has, and no more.
public final class SharedAdapter implements Adapter {

    /// Stands for the broker.
    public static final class Hub {
        private final boolean recovers;
        private final List<SharedAdapter> adapters = new ArrayList<>();
        private final List<Kept> log = new ArrayList<>();
        private final Map<String, Session> sessions = new HashMap<>();

        /// @param recovers whether it keeps events for recovery
        public Hub(boolean recovers) {
            this.recovers = recovers;
        }

        /// The local part of an adapter, by its order of joining.
        public LocalAdapter local(int adapter) {
            return adapters.get(adapter).local;
        }

        /// Joins a namespace of a server.
        public SharedAdapter join(LocalAdapter local, ServerEvents events) {
            var adapter = new SharedAdapter(this, local, events);
            adapters.add(adapter);
            return adapter;
        }
    }

    private record Kept(Packet.Event packet, BroadcastOptions options) {}

    private final Hub hub;
    private final LocalAdapter local;
    private final ServerEvents events;

    private SharedAdapter(Hub hub, LocalAdapter local, ServerEvents events) {
        this.hub = hub;
        this.local = local;
        this.events = events;
    }

    private List<SharedAdapter> others(BroadcastOptions options) {
        return options.local()
                ? List.of()
                : hub.adapters.stream()
                        .filter(a -> a != this)
                        .filter(a -> a.local.namespace().equals(local.namespace()))
                        .toList();
    }

    /// The adapter of each server for its own sockets.
    private void everywhere(
            BroadcastOptions options, BiConsumer<LocalAdapter, BroadcastOptions> action) {
        action.accept(local, options);
        others(options).forEach(other -> action.accept(other.local, options));
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        if (!hub.recovers || options.isVolatile()) {
            everywhere(options, (server, o) -> server.broadcast(packet, o));
            return;
        }
        long number = hub.log.size() + 1L;
        var numbered =
                new Packet.Event(
                        packet.namespace(),
                        packet.id(),
                        packet.name(),
                        withOffset(packet.args(), "n" + number));
        hub.log.add(new Kept(numbered, options));
        everywhere(options, (server, o) -> server.broadcast(numbered, o, number));
    }

    private static Payload withOffset(Payload args, String offset) {
        byte[] suffix = (",\"" + offset + "\"]").getBytes(US_ASCII);
        byte[] json = Arrays.copyOfRange(args.buffer(), args.from(), args.to() - 1 + suffix.length);
        System.arraycopy(suffix, 0, json, args.length() - 1, suffix.length);
        return new Payload(json, 0, json.length, args.attachments());
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions options, Answers answers) {
        answers.addParties(others(options).size());
        everywhere(options, (server, o) -> server.broadcastWithAck(packet, o, answers));
    }

    @Override
    public CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options) {
        var found = local.fetchSockets(options);
        for (SharedAdapter other : others(options)) {
            found =
                    found.thenCombine(
                            other.local.fetchSockets(options),
                            (some, more) -> {
                                var all = new ArrayList<>(some);
                                all.addAll(more);
                                return all;
                            });
        }
        return found;
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Set<String> rooms) {
        everywhere(options, (server, o) -> server.socketsJoin(o, rooms));
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Set<String> rooms) {
        everywhere(options, (server, o) -> server.socketsLeave(o, rooms));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        everywhere(options, (server, o) -> server.disconnectSockets(o, close));
    }

    @Override
    public void serverSideEmit(Payload args, @Nullable Answers answers) {
        var others = others(BroadcastOptions.ALL);
        if (answers != null) {
            answers.expect(others.size());
        }
        for (SharedAdapter other : others) {
            other.events.onServerSideEmit(args, answers == null ? null : answers::answered);
        }
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return CompletableFuture.completedFuture(1 + others(BroadcastOptions.ALL).size());
    }

    @Override
    public boolean recovers() {
        return hub.recovers;
    }

    @Override
    public void persistSession(Session session) {
        hub.sessions.put(session.pid(), session);
    }

    @Override
    public CompletableFuture<@Nullable Recovery> restoreSession(String pid, String offset) {
        Session session = hub.sessions.remove(pid);
        if (session == null) {
            return CompletableFuture.completedFuture(null);
        }
        int from = Integer.parseInt(offset.substring(1));
        return CompletableFuture.completedFuture(
                new Recovery() {
                    @Override
                    public Session session() {
                        return session;
                    }

                    @Override
                    public Missed missed() {
                        var missed =
                                hub.log.subList(from, hub.log.size()).stream()
                                        .filter(kept -> concerns(kept.options(), session))
                                        .map(kept -> kept.packet().args())
                                        .toList();
                        return new Missed(missed, hub.log.size());
                    }
                });
    }

    private static boolean concerns(BroadcastOptions options, Session session) {
        return (options.rooms().isEmpty() || meets(options.rooms(), session))
                && !meets(options.except(), session);
    }

    private static boolean meets(Set<String> rooms, Session session) {
        return rooms.contains(session.sid()) || !Collections.disjoint(rooms, session.rooms());
    }
}
