package io.natter.socketio.rooms;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonValues;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events and the lost sessions of one namespace, kept in memory for as long as a session may
/// be recovered. Callers hold its lock.
///
/// Nothing here has a timer: what is too old is thrown away when something is added.
public final class RecoveryLog {
    private final long maxAgeMillis;
    private final long maxBytes;
    private final InstantSource clock;
    private final ArrayDeque<Kept> events = new ArrayDeque<>();
    private final Map<String, Lost> sessions = new LinkedHashMap<>();
    private final String prefix;
    private long bytes;
    private long sessionBytes;

    /// The number of the newest event.
    private long last;

    /// The number of the newest event that is not kept any more.
    private long forgotten;

    /// An empty log.
    ///
    /// @param maxAge how long events and sessions are kept
    /// @param maxBytes how many bytes of events, and of sessions, are kept at the most
    /// @param prefix makes offsets of this log differ from those of another life of the server
    public RecoveryLog(Duration maxAge, long maxBytes, InstantSource clock, String prefix) {
        this.maxAgeMillis = maxAge.toMillis();
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.prefix = prefix;
    }

    /// An event as it is kept and sent: its last argument is its offset.
    ///
    /// @param number its place in the log, from 1
    record Kept(long number, Packet.Event packet, BroadcastOptions options, long emitted) {}

    /// A lost session.
    ///
    /// @param session what is kept of it, or null while its handlers have not finished
    /// @param delivered the last event that was sent to it
    /// @param sentUpTo up to this number all that was for it was sent to it
    private record Lost(
            Adapter.@Nullable Session session, long since, long delivered, long sentUpTo) {
        /// Roughly what it takes.
        long weight() {
            long weight = 300;
            if (session != null) {
                for (String room : session.rooms()) {
                    weight += 60L + room.length();
                }
            }
            return weight;
        }
    }

    Kept append(Packet.Event packet, BroadcastOptions options) {
        purge();
        long number = ++last;
        String offset = prefix + Long.toString(number, 36);
        var numbered =
                new Packet.Event(
                        packet.namespace(),
                        packet.id(),
                        packet.name(),
                        withOffset(packet.args(), offset));
        var kept = new Kept(number, numbered, options, clock.millis());
        events.add(kept);
        bytes += weight(kept);
        return kept;
    }

    /// A socket has left whose session may be recovered.
    void left(String pid, long delivered, long sentUpTo) {
        keep(pid, new Lost(null, clock.millis(), delivered, sentUpTo));
    }

    /// The session of a socket that has left, or of another server.
    void persist(Adapter.Session session) {
        Lost lost = sessions.get(session.pid());
        keep(
                session.pid(),
                lost == null
                        ? new Lost(session, clock.millis(), last, 0)
                        : new Lost(session, lost.since, lost.delivered, lost.sentUpTo));
    }

    private void keep(String pid, Lost lost) {
        Lost before = sessions.remove(pid);
        sessionBytes += lost.weight() - (before == null ? 0 : before.weight());
        sessions.put(pid, lost);
        purge();
    }

    /// The session of that private id, if it is not too old.
    Adapter.@Nullable Session session(String pid) {
        Lost lost = sessions.get(pid);
        return lost == null || clock.millis() - lost.since > maxAgeMillis ? null : lost.session;
    }

    /// The number of the newest event.
    long last() {
        return last;
    }

    /// The number behind an offset, or -1 where it is none of this log's.
    long number(String offset) {
        if (!offset.startsWith(prefix)) {
            return -1;
        }
        try {
            return Long.parseLong(offset.substring(prefix.length()), 36);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// The number of an event of this log, whose last argument is its offset; -1 of another.
    long number(Payload args) {
        int[] elements = JsonValues.elements(args.buffer(), args.from(), args.to());
        int n = elements.length;
        String offset =
                n == 0
                        ? null
                        : JsonValues.plainText(args.buffer(), elements[n - 2], elements[n - 1]);
        return offset == null ? -1 : number(offset);
    }

    /// The number of the last event that the client of a lost session has, if it got all events up
    /// to `offset`. Negative if later events are not kept any more, or the offset is none of this
    /// log's.
    ///
    /// An offset may be much older than the kept events, because a client gets only events that
    /// concern it. If that was the last event sent to it, it has missed nothing before it was lost.
    long missedFrom(String pid, String offset) {
        long number = number(offset);
        if (number < 1 || number > last) {
            return -1;
        }
        Lost lost = sessions.get(pid);
        long from =
                lost != null && number >= lost.delivered ? Math.max(number, lost.sentUpTo) : number;
        return from >= forgotten ? from : -1;
    }

    /// The packets after the event of that number for a socket in those rooms.
    Adapter.Recovery.Missed since(long from, Set<String> rooms, String sid) {
        var missed = new ArrayList<Payload>();
        for (Kept kept : events) {
            if (kept.number > from && concerns(kept.options, rooms, sid)) {
                missed.add(kept.packet.args());
            }
        }
        return new Adapter.Recovery.Missed(missed, last);
    }

    private static boolean concerns(BroadcastOptions options, Set<String> rooms, String sid) {
        return (options.rooms().isEmpty() || meets(options.rooms(), rooms, sid))
                && !meets(options.except(), rooms, sid);
    }

    private static boolean meets(Set<String> some, Set<String> rooms, String sid) {
        for (String room : some) {
            if (room.equals(sid) || rooms.contains(room)) {
                return true;
            }
        }
        return false;
    }

    private void purge() {
        long oldest = clock.millis() - maxAgeMillis;
        while (!events.isEmpty() && (events.getFirst().emitted < oldest || bytes > maxBytes)) {
            Kept gone = events.removeFirst();
            forgotten = gone.number;
            bytes -= weight(gone);
        }
        var lost = sessions.values().iterator();
        while (lost.hasNext()) {
            Lost next = lost.next();
            if (next.since >= oldest && sessionBytes <= maxBytes) {
                return;
            }
            sessionBytes -= next.weight();
            lost.remove();
        }
    }

    private static long weight(Kept kept) {
        long weight = kept.packet.args().length() + 200L;
        for (byte[] attachment : kept.packet.args().attachments()) {
            weight += attachment.length;
        }
        return weight;
    }

    private static Payload withOffset(Payload args, String offset) {
        byte[] suffix = (",\"" + offset + "\"]").getBytes(StandardCharsets.US_ASCII);
        int kept = args.length() - 1; // all but the closing bracket
        var json = new byte[kept + suffix.length];
        System.arraycopy(args.buffer(), args.from(), json, 0, kept);
        System.arraycopy(suffix, 0, json, kept, suffix.length);
        return new Payload(json, 0, json.length, List.copyOf(args.attachments()));
    }
}
