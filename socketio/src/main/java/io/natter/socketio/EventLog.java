package io.natter.socketio;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events and the lost sessions of one namespace, kept in memory for as long as a session may
/// be recovered. Callers hold its lock.
///
/// Nothing here has a timer: what is too old is thrown away when something is added.
final class EventLog {
    private final long maxAgeMillis;
    private final long maxBytes;
    private final InstantSource clock;
    private final ArrayDeque<Kept> events = new ArrayDeque<>();
    private final Map<String, Kept> byOffset = new HashMap<>();
    private final Map<String, Lost> sessions = new LinkedHashMap<>();
    private final String prefix;
    private long bytes;
    private long last;

    /// An empty log.
    ///
    /// @param prefix makes offsets of this log differ from those of another life of the server
    EventLog(ConnectionStateRecovery options, InstantSource clock, String prefix) {
        maxAgeMillis = options.maxDisconnectionDuration().toMillis();
        maxBytes = options.maxBytes();
        this.clock = clock;
        this.prefix = prefix;
    }

    /// An event as it is kept and sent: its last argument is its offset.
    ///
    /// @param number its place in the log, from 1
    record Kept(
            long number,
            String offset,
            Packet.Event packet,
            BroadcastOptions options,
            long emitted) {}

    private record Lost(Adapter.Session session, long since) {}

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
        var kept = new Kept(number, offset, numbered, options, clock.millis());
        events.add(kept);
        byOffset.put(offset, kept);
        bytes += weight(kept);
        return kept;
    }

    void persist(Adapter.Session session) {
        purge();
        sessions.remove(session.pid());
        sessions.put(session.pid(), new Lost(session, clock.millis()));
    }

    /// The session of that private id, if it is not too old.
    Adapter.@Nullable Session session(String pid) {
        Lost lost = sessions.get(pid);
        return lost == null || clock.millis() - lost.since > maxAgeMillis ? null : lost.session;
    }

    boolean knows(String offset) {
        return byOffset.containsKey(offset);
    }

    /// What came after `offset` for a socket in those rooms.
    Adapter.Recovery.Missed since(String offset, Set<String> rooms, String sid) {
        var missed = new ArrayList<Payload>();
        Kept from = byOffset.get(offset);
        if (from != null) {
            for (Kept kept : events) {
                if (kept.number > from.number && concerns(kept.options, rooms, sid)) {
                    missed.add(kept.packet.args());
                }
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
            byOffset.remove(gone.offset);
            bytes -= weight(gone);
        }
        var lost = sessions.values().iterator();
        while (lost.hasNext() && lost.next().since < oldest) {
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
