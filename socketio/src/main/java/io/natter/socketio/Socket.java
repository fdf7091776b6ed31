package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.engine.Outgoing;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A client in a namespace. A client that has joined several has a socket in each, all over one
/// connection.
///
/// Methods may be called from any thread and never block, but for those that wait for an answer
/// ([#call]). The socket's own handlers run one at a time, in the order in which their events came,
/// on a virtual thread or where [Dispatch] says. What one thread sends, joins and leaves takes
/// effect in its order.
public final class Socket extends SocketHandlers {
    enum State {
        /// Its middleware is being asked.
        CONNECTING,
        /// In the namespace.
        CONNECTED,
        /// Gone, or refused.
        CLOSED
    }

    final Client client;
    final StrandRooms rooms;
    final Mailbox mailbox;
    private final Namespace nsp;
    private final String id;
    private final @Nullable String pid;
    private final Handshake handshake;
    private final boolean recovered;
    private final SocketRooms membership;
    private volatile @Nullable ConcurrentMap<String, Object> data;
    private volatile State state = State.CONNECTING;

    // The strand's own:
    /// Of which visit it has been part; see [StrandRooms].
    long mark;

    /// Numbered events up to this one were part of its recovery.
    private long replayedTo;

    private @Nullable PendingAcks acks;
    private @Nullable EventRate rate;

    Socket(
            Namespace nsp,
            Client client,
            String id,
            @Nullable String pid,
            Handshake handshake,
            Adapter.@Nullable Session session) {
        this.nsp = nsp;
        this.client = client;
        this.id = id;
        this.pid = pid;
        this.handshake = handshake;
        this.recovered = session != null;
        this.rooms = nsp.localAdapter().roomsOn(client.slot);
        this.membership = new SocketRooms(this, nsp.localAdapter(), rooms);
        this.mailbox =
                new Mailbox(
                        nsp.executor(client.slot),
                        failure -> failed(HandlerError.Kind.HANDLER, "", failure));
        if (session != null) {
            data().putAll(session.data());
            join(session.rooms());
        }
    }

    // ---- who it is

    /// A public id, its own for each namespace and each connection. It is also the name of a room
    /// with this socket in it.
    public String id() {
        return id;
    }

    /// The private id for recovery, or null where recovery is off.
    @Nullable String pid() {
        return pid;
    }

    /// What the client brought when it joined.
    public Handshake handshake() {
        return handshake;
    }

    /// The application's own notes about this client. Told to other servers by `fetchSockets`, and
    /// kept over a recovery.
    public ConcurrentMap<String, Object> data() {
        ConcurrentMap<String, Object> map = data;
        if (map == null) {
            synchronized (this) {
                map = data;
                if (map == null) {
                    map = new ConcurrentHashMap<>(4);
                    data = map;
                }
            }
        }
        return map;
    }

    /// The rooms that it is in, its own included: a copy. In handlers of `disconnecting` those it
    /// was in; empty afterwards.
    public Set<String> rooms() {
        return membership.names();
    }

    /// Whether it is the continuation of a connection that was lost: id, rooms and data are those
    /// it had, and the client has what it missed.
    public boolean recovered() {
        return recovered;
    }

    /// Whether it is in the namespace.
    public boolean connected() {
        return state == State.CONNECTED;
    }

    /// The namespace.
    public Namespace nsp() {
        return nsp;
    }

    /// The connection that carries it.
    public EngineSession conn() {
        return client.session;
    }

    /// Hears what happens to the connection from now on.
    public Socket onConn(ConnListener listener) {
        client.observe(listener);
        return this;
    }

    // ---- sending

    /// Sends an event. Arguments are whatever Jackson can write, `byte[]` and `ByteBuffer` anywhere
    /// in them included.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public Socket emit(String event, @Nullable Object... args) {
        emit(event, args, SendFlags.NONE);
        return this;
    }

    /// Sends an event and gives its answer to `callback`, in order with the handlers.
    public Socket emit(String event, @Nullable Object[] args, AckCallback callback) {
        ask(event, args, SendFlags.NONE, callbackWaiter(event, callback));
        return this;
    }

    /// Sends the event `message`.
    public Socket send(@Nullable Object... args) {
        return emit("message", args);
    }

    /// As [Sender#emitWithAck], without a timeout: the answer is awaited until the client leaves.
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return emitWithAck(event, args, SendFlags.NONE);
    }

    /// As [Sender#call(String, Object, Class)], without a timeout.
    public <T> T call(String event, @Nullable Object arg, Class<T> answer) {
        return new Sender(this, SendFlags.NONE).call(event, arg, answer);
    }

    /// This socket, events being dropped that it cannot take at once. (Node.js: `volatile`.)
    public Sender asVolatile() {
        return new Sender(this, SendFlags.NONE).asVolatile();
    }

    /// This socket, with compression or without.
    public Sender compress(boolean compress) {
        return new Sender(this, SendFlags.NONE).compress(compress);
    }

    /// This socket, answers being awaited no longer than that.
    public Sender timeout(Duration timeout) {
        return new Sender(this, SendFlags.NONE).timeout(timeout);
    }

    /// Everybody in these rooms but this socket.
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /// The same as [#to].
    public Broadcast in(String... rooms) {
        return broadcast().to(rooms);
    }

    /// Everybody but this socket and who is in these rooms.
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /// Everybody on this server but this socket.
    public Broadcast local() {
        return broadcast().local();
    }

    /// Everybody but this socket.
    public Broadcast broadcast() {
        return new Sender(this, SendFlags.NONE).broadcast();
    }

    // ---- rooms

    /// Joins these rooms. Does nothing after the socket has left.
    public Socket join(String... rooms) {
        for (String room : rooms) {
            membership.join(room);
        }
        return this;
    }

    /// Joins these rooms. Does nothing after the socket has left.
    public Socket join(Collection<String> rooms) {
        rooms.forEach(membership::join);
        return this;
    }

    /// Leaves a room.
    public Socket leave(String room) {
        membership.leave(room);
        return this;
    }

    // ---- leaving

    /// Makes the client leave this namespace. It will not reconnect by itself.
    public void disconnect() {
        disconnect(false);
    }

    /// Makes the client leave this namespace; with `close` all its namespaces, and closes the
    /// connection once all that was sent has left.
    public void disconnect(boolean close) {
        onStrand(
                () -> {
                    if (close) {
                        client.disconnectAll();
                    } else {
                        client.disconnect(this);
                    }
                });
    }

    // ---- inside

    @Override
    Socket self() {
        return this;
    }

    void emit(String event, @Nullable Object[] args, SendFlags flags) {
        Packet.Event packet = nsp.event(event, args, Packet.NO_ID);
        if (nsp.recovers()) {
            nsp.adapter().broadcast(packet, flags.toRoom(id));
            return;
        }
        List<Outgoing> messages = client.encode(packet, flags.compress());
        onStrand(() -> transmit(packet, messages, flags.isVolatile()));
    }

    void ask(String event, @Nullable Object[] args, SendFlags flags, PendingAcks.Waiter waiter) {
        Packet.Event packet = nsp.event(event, args, nsp.nextAckId());
        List<Outgoing> messages = client.encode(packet, flags.compress());
        onStrand(
                () -> {
                    if (state == State.CLOSED) {
                        waiter.failed(new AckException.Disconnected());
                    } else if (!expectAck(packet.id(), waiter, flags.timeout())) {
                        waiter.failed(new AckException.TooManyPending());
                    } else {
                        transmit(packet, messages, flags.isVolatile());
                    }
                });
    }

    CompletableFuture<Args> emitWithAck(String event, @Nullable Object[] args, SendFlags flags) {
        var future = new CompletableFuture<Args>();
        ask(
                event,
                args,
                flags,
                // Not on the strand, where dependents must not block, nor in the mailbox, whose
                // handler may be the one that waits.
                new AckWaiters.Future(nsp.server().mapping(), future, nsp.server().executor()));
        return future;
    }

    Args call(String event, @Nullable Object[] args, SendFlags flags) {
        nsp.server().refuseOnStrand("call");
        var future = new CompletableFuture<Args>();
        ask(
                event,
                args,
                flags,
                new AckWaiters.Future(nsp.server().mapping(), future, Runnable::run));
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AckException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }

    PendingAcks.Waiter callbackWaiter(String event, AckCallback callback) {
        return new AckWaiters.Callback(this, event, callback);
    }

    void answer(long ackId, @Nullable Object... args) {
        Payload payload = nsp.server().mapping().writeArray(args);
        List<Outgoing> messages = client.encode(new Packet.Ack(nsp.name(), ackId, payload), true);
        onStrand(
                () -> {
                    if (state == State.CONNECTED) {
                        client.send(messages);
                    }
                });
    }

    /// Where events are kept for recovery, everything is posted, for so are they.
    private void onStrand(Runnable task) {
        if (nsp.recovers()) {
            client.slot.strand.execute(task);
        } else {
            client.slot.run(task);
        }
    }

    boolean inOwnRoom() {
        return membership.own();
    }

    Adapter.SocketState toState() {
        return new Adapter.SocketState(id, handshake.toMap(), rooms(), Map.copyOf(data()));
    }

    // ---- on the strand

    private void transmit(Packet.Event packet, List<Outgoing> messages, boolean isVolatile) {
        if (state == State.CLOSED) {
            return;
        }
        if (isVolatile) {
            if (!client.session.sendVolatile(messages)) {
                return;
            }
        } else {
            client.send(messages);
        }
        notifyOutgoing(packet);
    }

    /// Sends the first message of a broadcast, unless it is not for this socket or dropped.
    ///
    /// @return whether it was sent, and so the others are to be
    boolean deliver(LocalAdapter.Delivery delivery) {
        if (state != State.CONNECTED
                || (delivery.number() != 0 && delivery.number() <= replayedTo)) {
            return false;
        }
        Outgoing first = delivery.messages().getFirst();
        if (delivery.options().isVolatile()) {
            if (!client.session.sendVolatile(List.of(first))) {
                return false;
            }
        } else {
            client.session.send(first);
        }
        notifyOutgoing(delivery.packet());
        return true;
    }

    /// Expects the answer to a broadcast; false when too many are awaited already.
    boolean ask(LocalAdapter.Delivery delivery, Adapter.Replies replies) {
        return expectAck(delivery.packet().id(), new AckWaiters.OfBroadcast(replies), null);
    }

    private boolean expectAck(long ackId, PendingAcks.Waiter waiter, @Nullable Duration timeout) {
        PendingAcks pending = acks;
        if (pending == null) {
            pending = new PendingAcks(client.slot.strand);
            acks = pending;
        }
        int bound = nsp.server().options().maxPendingAcks();
        if (pending.size() >= bound) {
            nsp.server()
                    .hit(
                            LimitReached.Limit.PENDING_ACKS,
                            client.session.id(),
                            bound + " acknowledgements are awaited from socket " + id);
            return false;
        }
        pending.add(ackId, waiter, timeout);
        return true;
    }

    void forget(LocalAdapter.Delivery delivery) {
        if (acks != null) {
            acks.forget(delivery.packet().id());
        }
    }

    private void notifyOutgoing(Packet.Event packet) {
        // A listener that falls behind loses sight of some; it must not cost the connection.
        if (!listeners.outgoing.isEmpty()
                && mailbox.waiting() < nsp.server().options().maxWaitingEvents()) {
            mailbox.offer(new SocketJobs.Outgoing(this, packet));
        }
    }

    /// The client is let in.
    void enter(Adapter.@Nullable Recovery recovery) {
        state = State.CONNECTED;
        membership.enter();
        if (recovery != null) {
            var missed = recovery.missed();
            replayedTo = missed.upTo();
            for (Payload args : missed.events()) {
                String name = new Args(nsp.server().mapping(), args, 0).require(0, String.class);
                client.send(
                        client.encode(
                                new Packet.Event(nsp.name(), Packet.NO_ID, name, args), true));
            }
        }
    }

    void received(Packet.Event packet) {
        SocketIoOptions options = nsp.server().options();
        if (options.maxEventsPerSecond() > 0) {
            if (rate == null) {
                rate = new EventRate();
            }
            if (!rate.admit(client.slot.strand.nanoTime(), options.maxEventsPerSecond())) {
                client.limit(
                        this,
                        LimitReached.Limit.EVENTS_PER_SECOND,
                        "more than " + options.maxEventsPerSecond() + " events in a second");
                return;
            }
        }
        if (mailbox.waiting() >= options.maxWaitingEvents()) {
            client.limit(
                    this,
                    LimitReached.Limit.WAITING_EVENTS,
                    "more than " + options.maxWaitingEvents() + " events wait for their handlers");
            return;
        }
        nsp.server().metrics().eventsIn.increment();
        mailbox.offer(new SocketJobs.Incoming(this, packet));
    }

    void answered(Packet.Ack packet) {
        if (acks != null) {
            acks.answered(packet.id(), packet.args());
        }
    }

    /// The end of a socket that was refused by its middleware, or whose client left meanwhile.
    void refused() {
        state = State.CLOSED;
        membership.exit();
        membership.forget();
        if (acks != null) {
            acks.failAll();
        }
    }

    /// The end.
    void left(DisconnectReason reason, String detail) {
        state = State.CLOSED;
        Set<String> names = rooms();
        membership.exit();
        nsp.left(this, reason);
        if (pid != null && reason.recoverable()) {
            names.remove(id);
            nsp.adapter().persistSession(new Adapter.Session(id, pid, names, Map.copyOf(data())));
        }
        if (acks != null) {
            acks.failAll();
        }
        mailbox.offer(new SocketJobs.Leaving(this, membership, reason, detail));
    }

    // ---- where handlers run

    void failed(HandlerError.Kind kind, String event, Throwable cause) {
        nsp.server().failed(new HandlerError(kind, this, event, cause));
    }
}
