package io.natter.redis;

import io.natter.host.RateLimitedLog;
import java.util.ArrayDeque;

/// Runs tasks one after the other, on the threads that bring them, with no lock held. Any thread.
final class Sequence {
    private static final RateLimitedLog LOG = new RateLimitedLog(RedisAdapter.class);

    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean paused;
    private boolean running;

    /// Puts a task behind the others; [#run] must follow.
    synchronized void add(Runnable task) {
        queue.add(task);
    }

    /// Runs what waits, unless another thread does. A task that throws does not stop the others.
    void run() {
        synchronized (this) {
            if (running) {
                return;
            }
            running = true;
        }
        for (; ; ) {
            Runnable next;
            synchronized (this) {
                next = paused ? null : queue.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            }
            try {
                next.run();
            } catch (Throwable failure) {
                LOG.failure("task", "A message from or for Redis was not handled", failure);
            }
        }
    }

    /// Runs nothing from now on.
    synchronized void pause() {
        paused = true;
    }

    /// Tasks may run again; [#run] must follow.
    synchronized void resume() {
        paused = false;
    }
}
