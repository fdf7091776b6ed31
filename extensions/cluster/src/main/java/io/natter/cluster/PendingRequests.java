package io.natter.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Requests that other servers have yet to answer, by their ids. Each ends by [#remove], or when
/// its time is over. Any thread.
///
/// @param <R> what is kept for a request
public final class PendingRequests<R> {
    private static final class Pending<R> {
        final R request;
        final Runnable late;
        volatile @Nullable ScheduledFuture<?> timer;

        Pending(R request, Runnable late) {
            this.request = request;
            this.late = late;
        }
    }

    private final Map<String, Pending<R>> byId = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers;

    /// No request yet.
    ///
    /// @param timers runs what happens when the time of a request is over
    public PendingRequests(ScheduledExecutorService timers) {
        this.timers = timers;
    }

    /// Keeps a request until it is removed.
    ///
    /// @param late called when it was not removed in that time; it is gone then
    public void add(String id, R request, Duration timeout, Runnable late) {
        var pending = new Pending<>(request, late);
        byId.put(id, pending);
        pending.timer =
                timers.schedule(() -> end(id, pending), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(String id, Pending<R> pending) {
        if (byId.remove(id, pending)) {
            pending.late.run();
        }
    }

    /// The request of that id, or null.
    public @Nullable R get(@Nullable String id) {
        Pending<R> pending = id == null ? null : byId.get(id);
        return pending == null ? null : pending.request;
    }

    /// Calls `action` for each request.
    public void forEach(BiConsumer<String, R> action) {
        byId.forEach((id, pending) -> action.accept(id, pending.request));
    }

    /// Ends all requests as if their time were over: nothing answers them any more.
    public void close() {
        byId.forEach(
                (id, pending) -> {
                    cancel(pending);
                    end(id, pending);
                });
    }

    /// Ends a request.
    public void remove(String id) {
        Pending<R> pending = byId.remove(id);
        if (pending != null) {
            cancel(pending);
        }
    }

    private static void cancel(Pending<?> pending) {
        ScheduledFuture<?> timer = pending.timer;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
