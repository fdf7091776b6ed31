package io.natter.netty;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What is to be handled for one socket: one thing at a time, in order, on a virtual thread that
/// lives while there is something to do. Any thread.
///
/// Whatever is thrown, by a task or where there is no memory for the next, the rest is handled.
final class Mailbox {
    /// Told of what happens on any thread, with no lock held.
    interface Owner {
        /// Too much waits: nothing more is to be added for now.
        void pause();

        /// Half of what was too much is done.
        void resume();

        /// What waits takes `after` bytes, and not `before` any more.
        void holds(long before, long after);

        /// Something was thrown. The socket may have missed a message.
        void failed(Throwable cause);
    }

    /// Past this reading stops, so that a client that is faster than its handlers waits.
    private static final long HIGH_BYTES = 64 * 1024;

    private static final int HIGH_TASKS = 256;

    /// What a task takes beside its message.
    private static final int TASK_BYTES = 64;

    private record Mail(Runnable task, int bytes) {}

    private final ArrayDeque<Mail> waiting = new ArrayDeque<>();
    private final Owner owner;
    private long bytes;
    private boolean running;
    private boolean paused;

    Mailbox(Owner owner) {
        this.owner = owner;
    }

    /// @param size bytes of the message that `task` handles
    void add(Runnable task, int size) {
        boolean start;
        boolean stop;
        long before;
        long after;
        synchronized (waiting) {
            before = held();
            waiting.add(new Mail(task, size));
            bytes += size;
            after = held();
            start = !running;
            running = true;
            stop = !paused && (bytes > HIGH_BYTES || waiting.size() > HIGH_TASKS);
            paused |= stop;
        }
        if (start) {
            start();
        }
        owner.holds(before, after);
        if (stop) {
            owner.pause();
        }
    }

    private long held() {
        return bytes + (long) TASK_BYTES * waiting.size();
    }

    private void start() {
        boolean started = false;
        try {
            Thread.ofVirtual().name("natter-socket").start(this::run);
            started = true;
        } finally {
            if (!started) {
                synchronized (waiting) {
                    running = false;
                }
            }
        }
    }

    private void run() {
        var done = step(null);
        while (done != null) {
            done = step(done);
        }
    }

    /// Takes the next off the queue, after which `done` is over, and runs it. `running` is false
    /// when there is none: the next `add` starts again.
    private @Nullable Mail step(@Nullable Mail done) {
        boolean go;
        Mail mail;
        long before;
        long after;
        synchronized (waiting) {
            before = held();
            bytes -= done == null ? 0 : done.bytes;
            go = paused && bytes <= HIGH_BYTES / 2 && waiting.size() <= HIGH_TASKS / 2;
            paused &= !go;
            mail = waiting.poll();
            running = mail != null;
            after = held();
        }
        try {
            owner.holds(before, after);
            if (go) {
                owner.resume();
            }
        } catch (Throwable t) {
            failed(t);
        }
        if (mail != null) {
            try {
                mail.task.run();
            } catch (Throwable t) {
                failed(t);
            }
        }
        return mail;
    }

    private void failed(Throwable cause) {
        try {
            owner.failed(cause);
        } catch (Throwable ignored) {
            // It cannot even be told; what waits is handled all the same.
        }
    }
}
