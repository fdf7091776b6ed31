package io.natter.socketio.rooms;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Recovers the sessions of one namespace from its [RecoveryLog], under the lock of that. Any
/// thread.
final class SessionRecovery {
    private final RecoveryLog log;

    SessionRecovery(RecoveryLog log) {
        this.log = log;
    }

    /// Sends an event to the strands.
    interface Sender {
        /// Sends an event.
        ///
        /// @param number the number of the event in the log, or 0 if it is not kept
        void send(Packet.Event packet, long number);
    }

    /// Keeps an event that may be missed, and sends it. Events reach each strand in the order in
    /// which they are kept, so both are done under the lock.
    void broadcast(Packet.Event packet, BroadcastOptions options, Sender sender) {
        synchronized (log) {
            if (packet.id() != Packet.NO_ID || options.isVolatile()) {
                sender.send(packet, 0);
            } else {
                var kept = log.append(packet, options);
                sender.send(kept.packet(), kept.number());
            }
        }
    }

    /// A socket has left that may come back. On its strand.
    ///
    /// @param index the index of the strand
    /// @param delivered the last numbered event that was sent to it
    void left(RoomIndex index, String pid, long delivered) {
        synchronized (log) {
            // Up to this number, all events for the socket have been sent to it.
            long sentUpTo = index.posted == index.done ? log.last() : index.done;
            log.left(pid, delivered, sentUpTo);
        }
    }

    /// Keeps the session of a socket that has left, as its handlers have left it.
    void persist(Adapter.Session session) {
        synchronized (log) {
            log.persist(session);
        }
    }

    /// The session of that private id.
    ///
    /// @param connected whether the socket of an id is still there, so that it was recovered
    ///   already
    /// @return null if the session or the events after `offset` are not kept any more
    Adapter.@Nullable Recovery restore(String pid, String offset, Predicate<String> connected) {
        synchronized (log) {
            Adapter.Session session = log.session(pid);
            long from = log.missedFrom(pid, offset);
            return session == null || from < 0 || connected.test(session.sid())
                    ? null
                    : new LoggedRecovery(log, session, from);
        }
    }

    /// The number of an event as it was kept, or 0.
    long number(Payload args) {
        return Math.max(0, log.number(args)); // reads no state of the log
    }

    /// @param from the number of the last event that the client has
    private record LoggedRecovery(RecoveryLog log, Adapter.Session session, long from)
            implements Adapter.Recovery {
        @Override
        public Missed missed() {
            synchronized (log) {
                return log.since(from, session.rooms(), session.sid());
            }
        }
    }
}
