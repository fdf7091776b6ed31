package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.engine.Outgoing;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The life of a [Socket], from its CONNECT to its end, and what goes out and comes in meanwhile.
///
/// | from | to | when |
/// |---|---|---|
/// | `CONNECTING` | `CONNECTED` | every middleware has let it in |
/// | `CONNECTING` | `CLOSED` | a middleware refused it, or the connection ended meanwhile |
/// | `CONNECTED` | `CLOSED` | either side left the namespace, or the connection ended |
abstract sealed class SocketLife extends SocketHandlers permits Socket {
    enum State {
        /// Its middleware is being asked.
        CONNECTING,
        /// In the namespace.
        CONNECTED,
        /// Gone, or refused.
        CLOSED
    }

    final Namespace nsp;
    final Client client;
    private final EngineSession session;
    final String id;
    final StrandRooms rooms;
    final SocketRooms membership;
    final Mailbox mailbox;
    private final @Nullable String pid;
    private volatile State state = State.CONNECTING;

    // The strand's own:
    /// Of which visit it has been part; see [StrandRooms].
    long mark;

    /// Numbered events up to this one were part of its recovery.
    private long replayedTo;

    private @Nullable PendingAcks acks;
    private @Nullable EventRate rate;

    SocketLife(Namespace nsp, Client client, String id, @Nullable String pid) {
        this.nsp = nsp;
        this.client = client;
        this.session = client.session;
        this.id = id;
        this.pid = pid;
        this.rooms = nsp.localAdapter().roomsOn(client.slot);
        this.membership = new SocketRooms(self(), nsp.localAdapter(), rooms);
        this.mailbox =
                new Mailbox(
                        nsp.executor(client.slot),
                        failure -> failed(HandlerError.Kind.HANDLER, "", failure));
    }

    /// The private id for recovery, or null where recovery is off.
    @Nullable String pid() {
        return pid;
    }

    final boolean isConnected() {
        return state == State.CONNECTED;
    }

    final boolean inOwnRoom() {
        return membership.own();
    }

    // ---- out, from any thread

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
    final void onStrand(Runnable task) {
        if (nsp.recovers()) {
            client.slot.strand.execute(task);
        } else {
            client.slot.run(task);
        }
    }

    // ---- on the strand

    private void transmit(Packet.Event packet, List<Outgoing> messages, boolean isVolatile) {
        if (state == State.CLOSED) {
            return;
        }
        if (isVolatile) {
            if (!session.sendVolatile(messages)) {
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
            if (!session.sendVolatile(List.of(first))) {
                return false;
            }
        } else {
            session.send(first);
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
        if (!outgoing.isEmpty() && mailbox.waiting() < nsp.server().options().maxWaitingEvents()) {
            mailbox.offer(new SocketJobs.Outgoing(self(), packet));
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
                        self(),
                        LimitReached.Limit.EVENTS_PER_SECOND,
                        "more than " + options.maxEventsPerSecond() + " events in a second");
                return;
            }
        }
        if (mailbox.waiting() >= options.maxWaitingEvents()) {
            client.limit(
                    self(),
                    LimitReached.Limit.WAITING_EVENTS,
                    "more than " + options.maxWaitingEvents() + " events wait for their handlers");
            return;
        }
        client.slot.eventsIn.add(1);
        mailbox.offer(new SocketJobs.Incoming(self(), packet));
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
        Set<String> names = membership.names();
        membership.exit();
        nsp.left(self(), reason);
        if (pid != null && reason.recoverable()) {
            names.remove(id);
            nsp.adapter()
                    .persistSession(new Adapter.Session(id, pid, names, Map.copyOf(self().data())));
        }
        if (acks != null) {
            acks.failAll();
        }
        mailbox.offer(new SocketJobs.Leaving(self(), membership, reason, detail));
    }

    void failed(HandlerError.Kind kind, String event, Throwable cause) {
        nsp.server().failed(new HandlerError(kind, self(), event, cause));
    }
}
