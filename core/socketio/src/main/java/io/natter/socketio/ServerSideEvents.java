package io.natter.socketio;

import io.natter.protocol.Payload;
import io.natter.socketio.event.EventNames;
import io.natter.socketio.event.ListenerLists;
import io.natter.socketio.payload.JsonMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handlers of a namespace for events from other servers. Any thread.
final class ServerSideEvents {
    private final JsonMapping mapping;
    private final Executor executor;
    private final BiConsumer<String, Throwable> failed;
    private volatile Map<String, List<Listener.Any>> handlers = Map.of();

    /// @param executor runs the handlers
    /// @param failed is told the event and the exception of a handler
    ServerSideEvents(JsonMapping mapping, Executor executor, BiConsumer<String, Throwable> failed) {
        this.mapping = mapping;
        this.executor = executor;
        this.failed = failed;
    }

    synchronized void add(String event, Listener.Any handler) {
        EventNames.checkServerSide(event);
        var changed = new LinkedHashMap<>(handlers);
        changed.put(event, ListenerLists.with(changed.getOrDefault(event, List.of()), handler));
        handlers = Map.copyOf(changed);
    }

    /// An event came.
    ///
    /// @param args its name and its arguments
    /// @param answer takes the answer, or null if the other server wants none
    void received(Payload args, @Nullable Consumer<Payload> answer) {
        Ack ack = answer == null ? EventAck.UNWANTED : new EventAck.ToServer(mapping, answer);
        String event = new Args(mapping, args, 0).require(0, String.class);
        var rest = new Args(mapping, args, 1);
        for (Listener.Any handler : handlers.getOrDefault(event, List.of())) {
            executor.execute(
                    () -> {
                        try {
                            handler.on(rest, ack);
                        } catch (Throwable failure) {
                            failed.accept(event, failure);
                        }
                    });
        }
    }
}
