package io.natter.netty;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What is to be handled for one socket: one thing at a time, in order, on a virtual thread that
/// lives while there is something to do. Any thread.
final class Mailbox {
    /// Past this reading stops, so that a client that is faster than its handlers waits.
    private static final long HIGH_BYTES = 64 * 1024;

    private static final int HIGH_TASKS = 256;

    private record Mail(Runnable task, int bytes) {}

    private final ArrayDeque<Mail> waiting = new ArrayDeque<>();
    private final Runnable pause;
    private final Runnable resume;
    private long bytes;
    private boolean running;
    private boolean paused;

    /// @param pause run when too much waits, `resume` when half of it is done
    Mailbox(Runnable pause, Runnable resume) {
        this.pause = pause;
        this.resume = resume;
    }

    /// @param size bytes of the message that `task` handles
    void add(Runnable task, int size) {
        boolean start;
        boolean stop;
        synchronized (waiting) {
            waiting.add(new Mail(task, size));
            bytes += size;
            start = !running;
            running = true;
            stop = !paused && (bytes > HIGH_BYTES || waiting.size() > HIGH_TASKS);
            paused |= stop;
        }
        if (stop) {
            pause.run();
        }
        if (start) {
            Thread.ofVirtual().name("natter-socket").start(this::run);
        }
    }

    private void run() {
        for (var mail = next(null); mail != null; mail = next(mail)) {
            mail.task.run();
        }
    }

    /// A task must not throw: whoever adds it sees to that.
    private @Nullable Mail next(@Nullable Mail done) {
        boolean go;
        Mail mail;
        synchronized (waiting) {
            bytes -= done == null ? 0 : done.bytes;
            go = paused && bytes <= HIGH_BYTES / 2 && waiting.size() <= HIGH_TASKS / 2;
            paused &= !go;
            mail = waiting.poll();
            running = mail != null;
        }
        if (go) {
            resume.run();
        }
        return mail;
    }
}
