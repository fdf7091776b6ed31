package io.natter.socketio;

import io.natter.engine.Outgoing;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sockets of one namespace on this server, and the adapter of a server that stands alone.
///
/// Each strand has an index of its own ([StrandRooms]), touched on that strand only. A broadcast is
/// encoded once, on the caller's thread, and becomes one task for each strand that has somebody to
/// receive it.
public final class LocalAdapter implements Adapter {
    private final Namespace namespace;
    private final ConcurrentMap<String, Socket> sockets = new ConcurrentHashMap<>();
    private final ConcurrentMap<StrandSlot, StrandRooms> byStrand = new ConcurrentHashMap<>();
    private final List<StrandRooms> strands = new CopyOnWriteArrayList<>();
    private final RoomSummary summary = new RoomSummary();
    private @Nullable EventLog log;

    LocalAdapter(Namespace namespace) {
        this.namespace = namespace;
    }

    /// The name of the namespace.
    public String namespace() {
        return namespace.name();
    }

    /// Keeps events and lost sessions in memory for recovery from now on. Set before there are
    /// sockets.
    void keep(EventLog events) {
        log = events;
    }

    /// The socket of that id, or null when it is not on this server.
    public @Nullable Socket socket(String id) {
        return sockets.get(id);
    }

    ConcurrentMap<String, Socket> sockets() {
        return sockets;
    }

    /// The rooms that have members on this server, but for the rooms that sockets have to
    /// themselves.
    public Set<String> rooms() {
        return summary.names();
    }

    /// Tells `listener` of rooms that come and go from now on.
    public void onRooms(RoomListener listener) {
        summary.listeners.add(listener);
    }

    RoomSummary summary() {
        return summary;
    }

    StrandRooms roomsOn(StrandSlot slot) {
        return byStrand.computeIfAbsent(
                slot,
                _ -> {
                    var rooms = new StrandRooms(slot);
                    strands.add(rooms);
                    return rooms;
                });
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        EventLog events = log;
        if (events == null) {
            deliver(packet, options, 0, null);
            return;
        }
        // Where events are kept, they reach each strand in the order in which they are kept.
        synchronized (events) {
            if (packet.id() != Packet.NO_ID || options.isVolatile()) {
                deliver(packet, options, 0, null);
            } else {
                var kept = events.append(packet, options);
                deliver(kept.packet(), options, kept.number(), null);
            }
        }
    }

    /// Sends to this server's sockets an event that a cluster's log has numbered: a socket that was
    /// recovered up to `number` or beyond has it already.
    public void broadcast(Packet.Event packet, BroadcastOptions options, long number) {
        deliver(packet, options, number, null);
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions options, Replies replies) {
        deliver(packet, options, 0, replies);
    }

    private void deliver(
            Packet.Event packet, BroadcastOptions options, long number, @Nullable Replies replies) {
        var delivery = new Delivery(packet, encode(packet, options.compress()), options, number);
        for (StrandRooms strand : strands) {
            if (concerns(strand, options)) {
                if (replies != null) {
                    replies.expect(1);
                }
                Runnable task = () -> deliver(strand, delivery, replies);
                if (log == null) {
                    strand.slot.run(task);
                } else {
                    strand.slot.strand.execute(task);
                }
            }
        }
    }

    private List<Outgoing> encode(Packet packet, boolean compress) {
        return Outgoing.all(namespace.server().parser().encode(packet), compress);
    }

    /// On the strand. Each message is written to all its receivers in a pass of its own, so that
    /// the host makes its bytes once; nothing else is written between the passes.
    private void deliver(StrandRooms strand, Delivery delivery, @Nullable Replies replies) {
        strand.slot.writing(
                () -> {
                    if (replies != null) {
                        deliverAsking(strand, delivery, replies);
                    } else if (delivery.messages.size() == 1) {
                        first(strand, delivery, socket -> socket.deliver(delivery));
                    } else {
                        var receivers = new ArrayList<Socket>();
                        first(
                                strand,
                                delivery,
                                socket -> {
                                    if (socket.deliver(delivery)) {
                                        receivers.add(socket);
                                    }
                                });
                        rest(strand, delivery, receivers);
                    }
                });
    }

    private void deliverAsking(StrandRooms strand, Delivery delivery, Replies replies) {
        var receivers = new ArrayList<Socket>();
        int[] asked = {0};
        first(
                strand,
                delivery,
                socket -> {
                    if (socket.connected()) {
                        asked[0]++;
                        if (socket.ask(delivery, replies) && socket.deliver(delivery)) {
                            receivers.add(socket);
                        }
                    }
                });
        rest(strand, delivery, receivers);
        replies.sent(asked[0]);
        Duration timeout = delivery.options.timeout();
        if (timeout != null && asked[0] > 0) {
            strand.slot.strand.schedule(
                    () -> strand.forEach(BroadcastOptions.ALL, this, s -> s.forget(delivery)),
                    timeout.toNanos());
        }
    }

    private void first(StrandRooms strand, Delivery delivery, Consumer<Socket> send) {
        strand.slot.strand.fanOut(
                delivery.messages.getFirst(), () -> strand.forEach(delivery.options, this, send));
    }

    private static void rest(StrandRooms strand, Delivery delivery, List<Socket> receivers) {
        for (Outgoing message : delivery.messages.subList(1, delivery.messages.size())) {
            strand.slot.strand.fanOut(
                    message, () -> receivers.forEach(s -> s.client.session.send(message)));
        }
    }

    @Override
    public CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options) {
        var parts = new ArrayList<CompletableFuture<List<SocketState>>>();
        visit(
                options,
                strand -> {
                    var part = new CompletableFuture<List<SocketState>>();
                    parts.add(part);
                    strand.slot.run(
                            () -> {
                                var found = new ArrayList<SocketState>();
                                strand.forEach(options, this, s -> found.add(s.toState()));
                                part.complete(found);
                            });
                });
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(_ -> parts.stream().flatMap(p -> p.join().stream()).toList());
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Set<String> rooms) {
        forEachSocket(options, socket -> socket.join(rooms));
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Set<String> rooms) {
        forEachSocket(options, socket -> rooms.forEach(socket::leave));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        forEachSocket(options, socket -> socket.disconnect(close));
    }

    @Override
    public void serverSideEmit(Payload args, @Nullable ServerReplies answers) {
        if (answers != null) {
            answers.expect(0);
        }
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public boolean recovers() {
        return log != null;
    }

    @Override
    public void persistSession(Session session) {
        EventLog events = log;
        if (events != null) {
            synchronized (events) {
                events.persist(session);
            }
        }
    }

    @Override
    public CompletableFuture<@Nullable Recovery> restoreSession(String pid, String offset) {
        EventLog events = log;
        if (events == null) {
            return CompletableFuture.completedFuture(null);
        }
        synchronized (events) {
            Session session = events.session(pid);
            // A socket of that id that is still there was recovered already.
            if (session == null || !events.knows(offset) || sockets.containsKey(session.sid())) {
                return CompletableFuture.completedFuture(null);
            }
            return CompletableFuture.completedFuture(new LoggedRecovery(events, session, offset));
        }
    }

    /// Runs `action` for each socket that `options` name, on its strand.
    void forEachSocket(BroadcastOptions options, Consumer<Socket> action) {
        visit(
                options,
                strand ->
                        strand.slot.run(
                                () -> {
                                    var found = new ArrayList<Socket>();
                                    strand.forEach(options, this, found::add);
                                    found.forEach(action);
                                }));
    }

    private void visit(BroadcastOptions options, Consumer<StrandRooms> visitor) {
        for (StrandRooms strand : strands) {
            if (concerns(strand, options)) {
                visitor.accept(strand);
            }
        }
    }

    /// Whether anybody on the strand may be meant.
    private boolean concerns(StrandRooms strand, BroadcastOptions options) {
        if (options.rooms().isEmpty()) {
            return strand.population > 0;
        }
        for (String room : options.rooms()) {
            Socket own = sockets.get(room);
            if ((own != null && own.rooms == strand) || summary.on(room, strand.slot.ordinal)) {
                return true;
            }
        }
        return false;
    }

    /// A strand with sockets of this namespace, or null.
    @Nullable StrandSlot anyStrand() {
        return strands.isEmpty() ? null : strands.getFirst().slot;
    }

    /// One broadcast on its way to the strands.
    ///
    /// @param number its place in the log of events, or 0 where it is in none
    record Delivery(
            Packet.Event packet, List<Outgoing> messages, BroadcastOptions options, long number) {}

    private record LoggedRecovery(EventLog events, Session session, String offset)
            implements Recovery {
        @Override
        public Missed missed() {
            synchronized (events) {
                return events.since(offset, session.rooms(), session.sid());
            }
        }
    }
}
