package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.engine.Outgoing;
import io.natter.host.dispatch.Mailbox;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.connection.PendingAcks;
import io.natter.socketio.connection.Replay;
import io.natter.socketio.event.SendFlags;
import io.natter.socketio.event.Varargs;
import io.natter.socketio.rooms.Delivery;
import io.natter.socketio.rooms.LocalSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of a [Socket] that sends: events, broadcasts, acknowledgements, and what a returning
/// client has missed before all of them.
abstract sealed class SocketOutput extends LocalSocket permits SocketLife {
    // Read for each message of a broadcast.
    private final EngineSession session;
    volatile SocketLife.State state = SocketLife.State.CONNECTING;

    /// While it is sent what it has missed. The strand's.
    private @Nullable Replay replay;

    /// Those of [Socket#onAnyOutgoing]. Here and not in the [Listeners], where each message of a
    /// broadcast would have to look for it.
    volatile List<Listener.CatchAll> outgoing = List.of();

    final Client client;
    final Namespace nsp;
    final Mailbox mailbox;
    private @Nullable PendingAcks acks;

    /// Numbered events up to this one were part of its recovery. The strand's.
    private long replayedTo;

    /// The last numbered event that was sent to it. The strand's.
    long delivered;

    SocketOutput(Namespace nsp, Client client, String id) {
        super(nsp.localSockets(), client.context, id);
        this.session = client.session;
        this.client = client;
        this.nsp = nsp;
        this.mailbox = new Mailbox(nsp.executor(client.context), new MailboxOwner(self(), client));
    }

    private record MailboxOwner(Socket socket, Client client) implements Mailbox.Owner {
        @Override
        public void failed(Throwable failure) {
            socket.failed(HandlerError.Kind.HANDLER, "", failure);
        }

        @Override
        public void waits(long before, long after) {
            client.waits(before, after);
        }

        @Override
        public void rests(int change) {
            var ignored = client.context.execute(() -> client.rests(change));
        }

        @Override
        public boolean onStrand(Runnable task) {
            return client.context.execute(task);
        }
    }

    abstract Socket self();

    @Override
    public final boolean connected() {
        return state == SocketLife.State.CONNECTED;
    }

    // ---- from any thread

    final void emit(String event, @Nullable Object @Nullable [] args, SendFlags flags) {
        if (args != null && args.length > 0 && args[args.length - 1] instanceof AckCallback back) {
            var values = Arrays.copyOf(args, args.length - 1, Object[].class);
            ask(
                    nsp.event(event, values, nsp.nextAckId()),
                    flags,
                    new SocketJobs.Answer(self(), event, back));
            return;
        }
        emit(nsp.event(event, args, Packet.NO_ID), flags);
    }

    final void emit(Packet.Event packet, SendFlags flags) {
        if (nsp.recovers()) {
            nsp.adapter().broadcast(packet, flags.to(Set.of(id()), Set.of(), false));
            return;
        }
        List<Outgoing> messages = client.encode(packet, flags.compress());
        onStrand(() -> transmit(packet, messages, flags.isVolatile()));
    }

    final void ask(Packet.Event packet, SendFlags flags, PendingAcks.Waiter waiter) {
        List<Outgoing> messages = client.encode(packet, flags.compress());
        onStrand(
                () -> {
                    if (state == SocketLife.State.CLOSED) {
                        waiter.failed(PendingAcks.Failure.DISCONNECTED);
                    } else if (!expectAck(packet.id(), waiter, flags.timeout())) {
                        waiter.failed(PendingAcks.Failure.TOO_MANY);
                    } else {
                        transmit(packet, messages, flags.isVolatile());
                    }
                });
    }

    /// The messages of an answer.
    ///
    /// @throws IllegalArgumentException if it cannot be written
    final List<Outgoing> encodeAnswer(long ackId, @Nullable Object @Nullable [] args) {
        Payload payload = nsp.server().mapping().writeArray(Varargs.of(args));
        return client.encode(new Packet.Ack(nsp.name(), ackId, payload), true);
    }

    final void answer(List<Outgoing> messages) {
        onStrand(
                () -> {
                    if (connected()) {
                        send(messages);
                    }
                });
    }

    /// Where events are kept for recovery, everything is posted, for so are they.
    final void onStrand(Runnable task) {
        if (nsp.recovers()) {
            client.context.execute(task);
        } else {
            client.context.run(task);
        }
    }

    // ---- on the strand

    private void transmit(Packet.Event packet, List<Outgoing> messages, boolean isVolatile) {
        if (state == SocketLife.State.CLOSED) {
            return;
        }
        if (isVolatile) {
            if (replay != null || !session.sendVolatile(messages)) {
                return;
            }
        } else {
            send(messages);
        }
        notifyOutgoing(packet);
    }

    /// Sends messages behind what the client has missed.
    final void send(List<Outgoing> messages) {
        if (replay == null) {
            client.send(messages);
        } else {
            replay.add(messages);
        }
    }

    @Override
    protected final boolean deliver(Delivery delivery) {
        if (state != SocketLife.State.CONNECTED
                || (delivery.number() != 0 && delivery.number() <= replayedTo)) {
            return false;
        }
        if (replay != null) {
            if (!delivery.options().isVolatile()) {
                delivered(delivery.number());
                replay.add(delivery.messages());
                notifyOutgoing(delivery.packet());
            }
            return false;
        }
        Outgoing first = delivery.messages().getFirst();
        if (delivery.options().isVolatile()) {
            if (!session.sendVolatile(List.of(first))) {
                return false;
            }
        } else {
            session.send(first);
            delivered(delivery.number());
        }
        notifyOutgoing(delivery.packet());
        return true;
    }

    /// Where nothing is numbered, nothing is written: a broadcast finds each socket cold.
    private void delivered(long number) {
        if (number > delivered) {
            delivered = number;
        }
    }

    @Override
    protected final void send(Outgoing message) {
        session.send(message);
    }

    @Override
    protected final boolean ask(long ackId, Consumer<Payload> answered) {
        return expectAck(ackId, new PendingAcks.BroadcastWaiter(answered), null);
    }

    private boolean expectAck(long ackId, PendingAcks.Waiter waiter, @Nullable Duration timeout) {
        PendingAcks pending = acks;
        if (pending == null) {
            pending = new PendingAcks(client.context.strand);
            acks = pending;
        }
        int bound = nsp.server().options().maxPendingAcks();
        if (pending.size() >= bound) {
            session.limitExceeded(
                    LimitExceeded.Limit.PENDING_ACKS,
                    bound + " acknowledgements are awaited from socket " + id());
            return false;
        }
        pending.add(ackId, waiter, timeout);
        return true;
    }

    @Override
    protected final void forget(long ackId) {
        if (acks != null) {
            acks.forget(ackId);
        }
    }

    final void answered(Packet.Ack packet) {
        if (acks != null) {
            acks.answered(packet.id(), packet.args());
        }
    }

    final void failAcks() {
        if (acks != null) {
            acks.failAll();
        }
    }

    @Override
    protected final void broken(Throwable failure) {
        client.broken(failure);
    }

    private void notifyOutgoing(Packet.Event packet) {
        // A listener that falls behind loses sight of some; it must not cost the connection.
        if (!outgoing.isEmpty() && mailbox.waiting() < nsp.server().options().maxWaitingEvents()) {
            mailbox.offer(new SocketJobs.Sent(self(), packet));
        }
    }

    /// Sends what the client has missed before all else.
    final void replay(Adapter.Recovery.Missed missed) {
        replayedTo = missed.upTo();
        if (!missed.events().isEmpty()) {
            delivered = nsp.localSockets().number(missed.events().getLast());
            replay =
                    new Replay(
                            session,
                            client.context,
                            this::encodeMissed,
                            this::replayOn,
                            missed.events());
            client.replaying++;
        }
    }

    /// The messages of a missed event, whose first element is its name.
    private List<Outgoing> encodeMissed(Payload args) {
        String name = new Args(nsp.server().mapping(), args, 0).require(0, String.class);
        return client.encode(new Packet.Event(nsp.name(), Packet.NO_ID, name, args), true);
    }

    /// Sends more of the events that the client has missed.
    final void replayOn() {
        if (replay != null && replay.send()) {
            endReplay();
        }
    }

    final void endReplay() {
        if (replay != null) {
            replay.end();
            replay = null;
            client.replaying--;
        }
    }
}
