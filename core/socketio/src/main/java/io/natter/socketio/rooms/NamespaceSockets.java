package io.natter.socketio.rooms;

import io.natter.engine.Outgoing;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import io.natter.socketio.adapter.RoomListener;
import io.natter.socketio.payload.JsonMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sockets of one namespace on this server: by id, and by room on each strand.
///
/// Each strand has an index of its own ([RoomIndex]), touched on that strand only. A broadcast is
/// encoded once, on the caller's thread; [FanOut] takes it to the strands.
///
/// @param <S> the server's type of socket
public final class NamespaceSockets<S extends LocalSocket> implements LocalAdapter {
    private final String namespace;
    private final Parser parser;
    private final JsonMapping mapping;
    private final Executor executor;
    private final ConcurrentMap<String, S> byId = new ConcurrentHashMap<>();
    private final FanOut fanOut = new FanOut(this);
    private final AtomicLong ackIds = new AtomicLong();
    private @Nullable SessionRecovery recovery;
    private @Nullable Duration maxDisconnectionDuration;

    /// Every strand gets a task for each broadcast, also that of the caller.
    private boolean posts;

    /// The rooms of all strands.
    final RoomDirectory directory;

    final RoomIndexes indexes = new RoomIndexes(this);

    /// A namespace without sockets.
    ///
    /// @param executor runs work that is too long for a strand
    /// @param listenerFailed gets the exceptions of room listeners
    public NamespaceSockets(
            String namespace,
            Parser parser,
            JsonMapping mapping,
            Executor executor,
            Consumer<Throwable> listenerFailed) {
        this.namespace = namespace;
        this.parser = parser;
        this.mapping = mapping;
        this.executor = executor;
        this.directory = new RoomDirectory(listenerFailed);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public JsonMapping mapping() {
        return mapping;
    }

    @Override
    public long nextAckId() {
        return ackIds.getAndIncrement();
    }

    /// Keeps events and lost sessions for recovery from now on. Called before there are sockets.
    public void keep(RecoveryLog events) {
        recovery = new SessionRecovery(events);
        posts = true;
    }

    /// Tells an adapter how long lost sessions are to be kept. Called before there is one.
    public void recoverFor(Duration time) {
        maxDisconnectionDuration = time;
    }

    @Override
    public @Nullable Duration maxDisconnectionDuration() {
        return maxDisconnectionDuration;
    }

    /// Posts every broadcast to the strands from now on, because an adapter numbers events and
    /// posts those. Called before there are sockets.
    public void post() {
        posts = true;
    }

    /// The socket of that id, or null when it is not on this server.
    public @Nullable S socket(String id) {
        return byId.get(id);
    }

    /// All sockets, as a view.
    public Collection<S> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /// The socket is found by its id from now on.
    public void add(S socket) {
        byId.put(socket.id(), socket);
    }

    /// The socket is found by its id no more.
    public void remove(S socket) {
        byId.remove(socket.id(), socket);
    }

    @Override
    public Set<String> rooms() {
        return directory.names();
    }

    @Override
    public boolean hasRoom(String room) {
        return directory.has(room) || byId.containsKey(room);
    }

    @Override
    public void onRooms(RoomListener listener) {
        directory.listeners.add(listener);
    }

    RoomIndex indexOf(StrandContext context) {
        return indexes.of(context);
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        SessionRecovery kept = recovery;
        if (kept == null) {
            fanOut.send(delivery(packet, options, 0), posts);
        } else {
            kept.broadcast(packet, options, (event, number) -> broadcast(event, options, number));
        }
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options, long number) {
        fanOut.send(delivery(packet, options, number), true);
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions options, Answers answers) {
        fanOut.ask(delivery(packet, options, 0), posts, answers);
    }

    private Delivery delivery(Packet.Event packet, BroadcastOptions options, long number) {
        List<Outgoing> messages = Outgoing.all(parser.encode(packet), options.compress());
        return new Delivery(packet, messages, options, number);
    }

    @Override
    public CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options) {
        var perStrand = new ArrayList<CompletableFuture<List<LocalSocket>>>();
        indexes.visit(
                options,
                index -> {
                    var found = new CompletableFuture<List<LocalSocket>>();
                    perStrand.add(found);
                    index.context.run(() -> found.complete(select(index, options)));
                });
        // The credentials of each client are read for this, which is no work for a strand.
        return CompletableFuture.allOf(perStrand.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        ignored ->
                                perStrand.stream()
                                        .flatMap(found -> found.join().stream())
                                        .map(LocalSocket::toState)
                                        .toList(),
                        executor);
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
    public void serverSideEmit(Payload args, @Nullable Answers answers) {
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
        return recovery != null;
    }

    @Override
    public void persistSession(Session session) {
        SessionRecovery kept = recovery;
        if (kept != null) {
            kept.persist(session);
        }
    }

    @Override
    public CompletableFuture<@Nullable Recovery> restoreSession(String pid, String offset) {
        SessionRecovery kept = recovery;
        return CompletableFuture.completedFuture(
                kept == null ? null : kept.restore(pid, offset, byId::containsKey));
    }

    /// A socket has left that may come back; its session is kept when its handlers have finished.
    /// On its strand.
    ///
    /// @param delivered the last numbered event that was sent to it
    public void left(LocalSocket socket, String pid, long delivered) {
        SessionRecovery kept = recovery;
        if (kept != null) {
            kept.left(socket.index, pid, delivered);
        }
    }

    /// The number of an event as it was kept, or 0.
    public long number(Payload args) {
        SessionRecovery kept = recovery;
        return kept == null ? 0 : kept.number(args);
    }

    private void forEachSocket(BroadcastOptions options, Consumer<LocalSocket> action) {
        indexes.visit(
                options, index -> index.context.run(() -> select(index, options).forEach(action)));
    }

    /// The sockets that `options` name on this strand.
    private List<LocalSocket> select(RoomIndex index, BroadcastOptions options) {
        var found = new ArrayList<LocalSocket>();
        index.forEach(options, this, found::add);
        return found;
    }
}
