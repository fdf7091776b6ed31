package io.natter.servlet;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the WebSockets that the container has open, so that the end of a servlet can wait for
/// their close frames. Any thread.
final class OpenSockets {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile boolean stopping;

    // Guarded by lock.
    private int open;

    /// The container has opened a WebSocket.
    void opened() {
        change(1);
    }

    /// The container has ended a WebSocket.
    void ended() {
        change(-1);
    }

    private void change(int by) {
        lock.lock();
        try {
            open += by;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The servlet ends: WebSockets that close from now on tell their clients so.
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /// Waits until the container has ended all WebSockets, at most this time.
    void awaitEnd(Duration time) {
        long left = time.toNanos();
        lock.lock();
        try {
            while (open > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
