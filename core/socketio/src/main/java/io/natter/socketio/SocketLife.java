package io.natter.socketio;

import io.natter.engine.LimitExceeded;
import io.natter.protocol.Packet;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.event.EventRate;
import org.jspecify.annotations.Nullable;

/// The life of a [Socket], from its CONNECT to its end, and the events that come meanwhile. On the
/// strand.
///
/// | from | to | when |
/// |---|---|---|
/// | `CONNECTING` | `CONNECTED` | every middleware has let it in |
/// | `CONNECTING` | `CLOSED` | a middleware refused it, or the connection ended meanwhile |
/// | `CONNECTED` | `CLOSED` | either side left the namespace, or the connection ended |
abstract sealed class SocketLife extends SocketOutput permits SocketListeners {
    enum State {
        /// Its middleware is being asked.
        CONNECTING,
        /// In the namespace.
        CONNECTED,
        /// Gone, or refused.
        CLOSED
    }

    private final @Nullable String pid;
    private @Nullable EventRate rate;

    SocketLife(Namespace nsp, Client client, String id, @Nullable String pid) {
        super(nsp, client, id);
        this.pid = pid;
    }

    /// The private id for recovery, or null where recovery is off.
    final @Nullable String pid() {
        return pid;
    }

    /// The client is let in: it is sent what it has missed, and then `answer`.
    final void enter(Adapter.@Nullable Recovery recovery, Packet answer) {
        state = State.CONNECTED;
        rooms.enter();
        if (recovery != null) {
            replay(recovery.missed());
        }
        send(client.encode(answer, true));
        replayOn();
    }

    final void received(Packet.Event packet) {
        SocketIoOptions options = nsp.server().options();
        if (options.maxEventsPerSecond() > 0) {
            if (rate == null) {
                rate = new EventRate();
            }
            if (!rate.admit(client.context.strand.nanoTime(), options.maxEventsPerSecond())) {
                client.limit(
                        self(),
                        LimitExceeded.Limit.EVENTS_PER_SECOND,
                        "more than " + options.maxEventsPerSecond() + " events in a second");
                return;
            }
        }
        if (mailbox.waiting() >= options.maxWaitingEvents()) {
            client.limit(
                    self(),
                    LimitExceeded.Limit.WAITING_EVENTS,
                    "more than " + options.maxWaitingEvents() + " events wait for their handlers");
            return;
        }
        client.context.eventsIn.add(1);
        mailbox.offer(new SocketJobs.Incoming(self(), packet));
    }

    /// The end of a socket that was refused by its middleware, or whose client left meanwhile.
    final void refused() {
        state = State.CLOSED;
        rooms.exit(false);
        rooms.forget();
        failAcks();
    }

    /// The end. A session that may be recovered is kept as its handlers leave it when they are
    /// done, so it is kept by the mailbox.
    final void left(DisconnectReason reason, String detail) {
        state = State.CLOSED;
        endReplay();
        boolean recoverable = pid != null && reason.recoverable();
        if (pid != null && recoverable) {
            nsp.localSockets().left(this, pid, delivered);
            nsp.unfinished().add(pid);
        }
        rooms.exit(recoverable);
        client.holdsForNamespace(-NamespaceJoin.bytes(self().handshake().payload()));
        nsp.server().connections().leaving(1);
        try {
            nsp.left(self(), reason);
            failAcks();
        } finally {
            mailbox.offer(
                    new SocketJobs.Leaving(
                            self(), rooms, reason, detail, recoverable ? pid : null));
        }
    }

    /// Any thread.
    final void failed(HandlerError.Kind kind, String event, Throwable cause) {
        nsp.server().failed(new HandlerError(kind, self(), event, cause), client.session.id());
    }
}
