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
        volatile @Nullable ScheduledFuture<?> timer;

        Pending(R request) {
            this.request = request;
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
        var pending = new Pending<>(request);
        byId.put(id, pending);
        pending.timer =
                timers.schedule(
                        () -> {
                            if (byId.remove(id, pending)) {
                                late.run();
                            }
                        },
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
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

    /// Ends a request.
    public void remove(String id) {
        Pending<R> pending = byId.remove(id);
        ScheduledFuture<?> timer = pending == null ? null : pending.timer;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
