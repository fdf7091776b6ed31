package io.natter.websocket;

import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.host.StrandCounter;
import io.natter.host.dispatch.BatchedHandOff;
import io.natter.host.dispatch.BroadcastBacklog;
import io.natter.host.dispatch.Dispatch;
import io.natter.host.dispatch.HandlerThreads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The sockets of one strand. On the strand, unless a method says otherwise.
final class StrandSockets {
    /// Counts the messages that come on this strand.
    final StrandCounter.Cell messagesIn;

    /// Runs the jobs of mailboxes.
    final Executor handlers;

    private final Strand strand;
    private final Set<WebSocketSession> sockets = new LinkedHashSet<>();

    /// Written on the strand, read by any thread.
    private volatile int size;

    /// Whether a broadcast is being written. A handler or a predicate that sends meanwhile has it
    /// sent behind that broadcast, so that all receivers see one order.
    private boolean writing;

    StrandSockets(
            Strand strand,
            Dispatch dispatch,
            HandlerThreads handlerThreads,
            StrandCounter.Cell messagesIn) {
        this.strand = strand;
        this.messagesIn = messagesIn;
        this.handlers =
                switch (dispatch) {
                    case VIRTUAL -> new BatchedHandOff(strand, handlerThreads);
                    case INLINE -> this::run;
                };
    }

    void add(WebSocketSession socket) {
        sockets.add(socket);
        size = sockets.size();
    }

    void remove(WebSocketSession socket) {
        sockets.remove(socket);
        size = sockets.size();
    }

    /// Runs `task` on the strand: now if the caller is on it already, so that the actions of one
    /// thread happen in its order. Any thread.
    void run(Runnable task) {
        if (isFree()) {
            task.run();
        } else {
            var ignored = execute(task);
        }
    }

    private boolean isFree() {
        return strand.isCurrent() && !writing;
    }

    /// Runs `task` later on the strand. A strand that has ended has no connections any more. Any
    /// thread.
    ///
    /// @return false if the strand has ended
    boolean execute(Runnable task) {
        return strand.tryExecute(task);
    }

    /// Sends a message to the sockets for which `to` holds. Any thread.
    ///
    /// @param backlog counts the broadcasts of the handler that sends, null for other callers
    void broadcast(
            PreparedMessage message,
            Predicate<WebSocketSession> to,
            @Nullable BroadcastBacklog backlog) {
        if (backlog == null || isFree()) {
            run(() -> write(message, to));
            return;
        }
        long cost = BroadcastBacklog.cost(message.size(), size);
        backlog.posted(cost);
        boolean taken =
                execute(
                        () -> {
                            try {
                                write(message, to);
                            } finally {
                                backlog.written(cost);
                            }
                        });
        if (!taken) {
            backlog.written(cost);
        }
    }

    private void write(PreparedMessage message, Predicate<WebSocketSession> to) {
        writing = true;
        try {
            strand.fanOut(message, () -> writeToEach(message, to));
        } finally {
            writing = false;
        }
    }

    private void writeToEach(PreparedMessage message, Predicate<WebSocketSession> to) {
        // A copy: a receiver that is closed for its slowness leaves the set meanwhile.
        for (var each : List.copyOf(sockets)) {
            try {
                if (to.test(each)) {
                    each.write(message);
                }
            } catch (Throwable t) {
                each.failed("a broadcast to a WebSocket", t);
            }
        }
    }
}
