package io.natter.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/// Asks event loops whether they still run their tasks. Each loop has some connections, so a server
/// with one blocked loop looks well to the other clients. For a page about the server's health,
/// which asks every few seconds. A loop is reported when a question has waited for too long. Any
/// thread.
public final class EventLoopProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Question> questions = new ArrayList<>();
    private final LongSupplier nanoTime;

    /// Probes the event loops of a server. One that does not run a task within five seconds does
    /// not respond.
    public EventLoopProbe(EventLoopGroup loops) {
        this(loops, System::nanoTime);
    }

    EventLoopProbe(EventLoopGroup loops, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        loops.forEach(loop -> questions.add(new Question(loop)));
    }

    /// How many event loops have ended, or have left a question of this probe unanswered for more
    /// than five seconds. Asks the others anew, and does not wait for the answers.
    public int unresponsive() {
        int count = 0;
        for (var question : questions) {
            if (question.isOverdue()) {
                count++;
            }
        }
        return count;
    }

    /// The last question to one loop.
    private final class Question implements Runnable {
        private final EventExecutor loop;
        private boolean waiting;
        private long asked;

        Question(EventExecutor loop) {
            this.loop = loop;
        }

        synchronized boolean isOverdue() {
            if (loop.isShuttingDown()) {
                return true;
            }
            if (waiting) {
                return nanoTime.getAsLong() - asked > PATIENCE.toNanos();
            }
            asked = nanoTime.getAsLong();
            try {
                loop.execute(this);
                waiting = true;
                return false;
            } catch (RejectedExecutionException ignored) {
                return true;
            }
        }

        @Override
        public synchronized void run() {
            waiting = false;
        }
    }
}
