package io.natter.chat.watch;

import io.natter.chat.domain.ChatError;
import io.natter.chat.log.LogField;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The requests of clients: the time that each takes until its answer, and the reason if it is
/// refused. Slow ones are logged with their kind and time, which contain nothing that a person
/// wrote. Any thread.
public final class Operations {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    /// Gets each operation when it is answered.
    @FunctionalInterface
    public interface Listener {
        /// An operation was answered.
        ///
        /// @param kind a name that the server has chosen, such as `msg.send`
        /// @param refusal null for one that was done
        void done(String kind, long nanos, @Nullable ChatError refusal);
    }

    private final long slowNanos;
    private final LongSupplier nanoTime;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /// @param slow operations of so much time or more are logged; zero for none
    /// @param nanoTime a clock such as [System#nanoTime]
    public Operations(Duration slow, LongSupplier nanoTime) {
        this.slowNanos = slow.isZero() ? Long.MAX_VALUE : slow.toNanos();
        this.nanoTime = nanoTime;
    }

    /// Operations whose slow ones are not logged.
    public static Operations unwatched() {
        return new Operations(Duration.ZERO, System::nanoTime);
    }

    /// Adds a listener. It must not block.
    public void onDone(Listener listener) {
        listeners.add(listener);
    }

    /// The moment at which an operation begins, for [#end].
    public long begin() {
        return nanoTime.getAsLong();
    }

    /// An operation was answered.
    ///
    /// @param begun the result of [#begin]
    /// @param failure the reason of a refusal; null for an operation that was done
    public void end(String kind, long begun, @Nullable Throwable failure) {
        done(kind, begun, failure == null ? null : ChatError.of(failure));
    }

    private void done(String kind, long begun, @Nullable ChatError refusal) {
        long nanos = nanoTime.getAsLong() - begun;
        for (Listener listener : listeners) {
            listener.done(kind, nanos, refusal);
        }
        if (nanos >= slowNanos) {
            log.warn(
                    "A slow operation: {} took {} ms",
                    new LogField("operation", kind),
                    new LogField("ms", TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }

    /// Something was refused before it began, such as a connection.
    public void refused(String kind, ChatError refusal) {
        for (Listener listener : listeners) {
            listener.done(kind, 0, refusal);
        }
    }

    /// Runs an operation that is answered when it returns.
    public <T> T measure(String kind, Callable<T> work) throws Exception {
        long begun = begin();
        try {
            T result = work.call();
            done(kind, begun, null);
            return result;
        } catch (Exception e) {
            end(kind, begun, e);
            throw e;
        }
    }
}
