package io.natter.testing;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.Args;
import io.natter.socketio.payload.JsonMapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The events that a client has received in its namespace. For the event loop's thread.
final class Inbox {
    private final JsonMapping mapping;
    private final EventLoop eventLoop;
    private final BiConsumer<Long, @Nullable Object[]> acknowledge;
    private final Deque<ReceivedEvent> events = new ArrayDeque<>();
    private final Map<Long, CompletableFuture<Args>> acknowledgements = new HashMap<>();
    private final Map<String, Function<Args, @Nullable Object>> answers = new HashMap<>();
    private @Nullable String disconnectReason;
    private @Nullable String pid;
    private @Nullable String offset;
    private long nextAckId;

    /// @param acknowledge sends the acknowledgement of an event of the server
    Inbox(
            JsonMapping mapping,
            EventLoop eventLoop,
            BiConsumer<Long, @Nullable Object[]> acknowledge) {
        this.mapping = mapping;
        this.eventLoop = eventLoop;
        this.acknowledge = acknowledge;
    }

    /// The server has let the client in.
    ///
    /// @param pid the private id for recovery, or null
    void connected(@Nullable String pid) {
        this.pid = pid;
    }

    void event(Packet.Event packet) {
        var args = new Args(mapping, packet.args(), 1);
        if (pid != null && args.size() > 0 && args.get(args.size() - 1) instanceof String last) {
            offset = last;
        }
        long id = packet.id();
        var answer = answers.get(packet.name());
        if (id == Packet.NO_ID) {
            events.add(new ReceivedEvent(packet.name(), args, null));
        } else if (answer == null) {
            Consumer<@Nullable Object[]> byTest =
                    values -> eventLoop.run(() -> acknowledge.accept(id, values));
            events.add(new ReceivedEvent(packet.name(), args, byTest));
        } else {
            acknowledge.accept(id, new @Nullable Object[] {answer.apply(args)});
        }
    }

    void acknowledged(long id, Payload args) {
        var future = acknowledgements.remove(id);
        if (future != null) {
            future.complete(new Args(mapping, args, 0));
        }
    }

    void disconnected(String reason) {
        if (disconnectReason == null) {
            disconnectReason = reason;
            var failure = new IllegalStateException("the client is disconnected: " + reason);
            acknowledgements.values().forEach(each -> each.completeExceptionally(failure));
            acknowledgements.clear();
        }
    }

    /// Answers requests of that name as they come.
    void answer(String event, Function<Args, @Nullable Object> answer) {
        answers.put(event, answer);
    }

    /// A new id for an event of the client, whose acknowledgement completes `future`.
    long expectAcknowledgement(CompletableFuture<Args> future) {
        acknowledgements.put(nextAckId, future);
        return nextAckId++;
    }

    /// Removes the oldest event of that name; null if there is none.
    @Nullable ReceivedEvent take(String event) {
        for (var each : events) {
            if (each.name().equals(event)) {
                events.remove(each);
                return each;
            }
        }
        return null;
    }

    List<ReceivedEvent> takeAll() {
        var all = new ArrayList<>(events);
        events.clear();
        return all;
    }

    /// Whether an event waits for the test's acknowledgement.
    boolean hasRequest() {
        return events.stream().anyMatch(ReceivedEvent::wantsAcknowledgement);
    }

    /// Null while the client is connected.
    @Nullable String disconnectReason() {
        return disconnectReason;
    }

    /// Adds what the client needs to be recovered to its credentials, if the server offers that.
    void addRecovery(Map<String, @Nullable Object> auth) {
        if (pid != null) {
            auth.put("pid", pid);
            auth.put("offset", offset);
        }
    }

    /// Says what came, for the failure of a test.
    @Override
    public String toString() {
        return "The client is "
                + (disconnectReason == null
                        ? "connected"
                        : "disconnected (" + disconnectReason + ")")
                + " and has received "
                + (events.isEmpty() ? "nothing else" : events);
    }
}
