package io.natter.servlet;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Makes the container wait with reading: while the endpoint does not want input, and while too
/// much input waits for the strand. A container reads on when its handler returns, so the handler
/// waits.
final class InputGate {
    private static final int MAX_WAITING_BYTES = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private boolean reading = true;
    private boolean open = true;
    private long waiting;

    /// Waits until the next message may be handed over, and counts it. On a container's thread.
    ///
    /// @return whether the connection is still open
    boolean enter(int bytes) {
        lock.lock();
        try {
            while (open && (!reading || waiting > MAX_WAITING_BYTES)) {
                changed.awaitUninterruptibly();
            }
            waiting += bytes;
            return open;
        } finally {
            lock.unlock();
        }
    }

    /// The strand has handled a message.
    void leave(int bytes) {
        lock.lock();
        try {
            waiting -= bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void setReading(boolean on) {
        lock.lock();
        try {
            reading = on;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets every waiting handler return.
    void close() {
        lock.lock();
        try {
            open = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
