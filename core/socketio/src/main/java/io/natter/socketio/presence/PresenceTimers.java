package io.natter.socketio.presence;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The clock and the timers of a presence; tests have their own.
interface PresenceTimers {
    /// A clock that only goes forward.
    long nanoTime();

    /// Runs a task once, never beside another one. Has no effect after [#close].
    void schedule(Runnable task, long delayNanos);

    /// Runs nothing from now on.
    void close();

    /// Those of a thread of its own.
    static PresenceTimers onThread() {
        var executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            var thread = new Thread(task, "natter-presence");
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        LongSupplier clock = System::nanoTime;
        return new PresenceTimers() {
            @Override
            public long nanoTime() {
                return clock.getAsLong();
            }

            @Override
            public void schedule(Runnable task, long delayNanos) {
                var ignored = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                executor.shutdown();
            }
        };
    }
}
