package io.natter.micrometer;

import io.natter.host.Strand;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How long a task waits for its strand. Each reading gives every strand a small task, and tells
/// how long the task of the reading before has waited, for the slowest of them. Any thread.
final class StrandLag {
    private final Supplier<Collection<Strand>> strands;
    private final LongSupplier nanoTime;
    private final Map<Strand, Question> questions = new ConcurrentHashMap<>();

    StrandLag(Supplier<Collection<Strand>> strands, LongSupplier nanoTime) {
        this.strands = strands;
        this.nanoTime = nanoTime;
    }

    long nanos() {
        long longest = 0;
        for (var strand : strands.get()) {
            var question = questions.computeIfAbsent(strand, Question::new);
            longest = Math.max(longest, question.readAndAsk());
        }
        return longest;
    }

    /// The last task for one strand.
    private final class Question implements Runnable {
        private final Strand strand;
        private boolean waiting;
        private long asked;
        private long lag;

        Question(Strand strand) {
            this.strand = strand;
        }

        synchronized long readAndAsk() {
            long now = nanoTime.getAsLong();
            if (waiting) {
                return Math.max(lag, now - asked);
            }
            long before = lag;
            try {
                asked = now;
                waiting = true;
                strand.execute(this);
            } catch (RejectedExecutionException e) {
                waiting = false; // it has ended, and nothing waits for it
                lag = 0;
            }
            return before;
        }

        @Override
        public synchronized void run() {
            lag = nanoTime.getAsLong() - asked;
            waiting = false;
        }
    }
}
