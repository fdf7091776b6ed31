package io.natter.redis;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter.Recovery;
import io.natter.socketio.adapter.Adapter.Session;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session that is being restored: what was read of the stream, and what passes on this server
/// until its socket is there. Any thread.
final class RestoredSession implements Recovery {
    /// More events than a stream holds by far.
    private static final int MOST = 100_000;

    private final Consumer<RestoredSession> onUsed;
    private final List<Passing> passing = new ArrayList<>();
    private final List<Payload> missed = new ArrayList<>();
    private @Nullable Session session;
    private long readTo;
    private boolean overflow;

    private record Passing(Payload args, BroadcastOptions options, long number) {}

    /// @param onUsed called when its socket is there
    RestoredSession(Consumer<RestoredSession> onUsed) {
        this.onUsed = onUsed;
    }

    synchronized void session(Session found) {
        session = found;
    }

    /// An event of the stream was read.
    synchronized void read(Packet.Event event, BroadcastOptions options, long number) {
        if (concerns(options) && missed.size() < MOST) {
            missed.add(event.args());
        }
        readTo = number;
    }

    /// An entry of the stream was read that is none of its events.
    synchronized void read(long number) {
        readTo = number;
    }

    /// An event is delivered on this server.
    synchronized void passes(Packet.Event event, BroadcastOptions options, long number) {
        if (passing.size() < MOST) {
            passing.add(new Passing(event.args(), options, number));
        } else {
            overflow = true;
        }
    }

    synchronized boolean isComplete() {
        return session != null && !overflow;
    }

    @Override
    public synchronized Session session() {
        if (session == null) {
            throw new IllegalStateException("the session was not found");
        }
        return session;
    }

    @Override
    public Missed missed() {
        synchronized (this) {
            for (Passing event : passing) {
                if (event.number > readTo) {
                    readTo = event.number;
                    if (concerns(event.options)) {
                        missed.add(event.args);
                    }
                }
            }
            passing.clear();
            onUsed.accept(this);
            return new Missed(List.copyOf(missed), readTo);
        }
    }

    private boolean concerns(BroadcastOptions options) {
        return (options.rooms().isEmpty() || meets(options.rooms())) && !meets(options.except());
    }

    private boolean meets(Set<String> rooms) {
        Session found = session();
        for (String room : rooms) {
            if (room.equals(found.sid()) || found.rooms().contains(room)) {
                return true;
            }
        }
        return false;
    }
}
