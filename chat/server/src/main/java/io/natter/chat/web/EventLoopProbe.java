package io.natter.chat.web;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Whether the event loops still run: each is given a task that does nothing, and one that has not
/// run it after [#PATIENCE] hangs or has ended. Its connections get no answer, which no other loop
/// would notice. Any thread.
final class EventLoopProbe {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final List<Loop> loops = new ArrayList<>();

    /// @param clock one that only runs forward
    EventLoopProbe(Iterable<EventExecutor> loops, InstantSource clock) {
        this.clock = clock;
        loops.forEach(each -> this.loops.add(new Loop(each)));
    }

    /// Gives a task to every loop that has run its last one.
    void ask() {
        long now = clock.millis();
        loops.forEach(each -> each.ask(now));
    }

    /// How many loops do not answer.
    int silent() {
        long now = clock.millis();
        return (int) loops.stream().filter(each -> each.silent(now)).count();
    }

    int size() {
        return loops.size();
    }

    private static final class Loop {
        private final EventExecutor executor;
        private boolean waiting;
        private boolean ended;
        private long asked;

        Loop(EventExecutor executor) {
            this.executor = executor;
        }

        void ask(long now) {
            synchronized (this) {
                if (waiting) {
                    return;
                }
                waiting = true;
                asked = now;
            }
            try {
                executor.execute(this::answered);
            } catch (RuntimeException _) {
                ended(); // it takes no more tasks
            }
        }

        private synchronized void answered() {
            waiting = false;
        }

        private synchronized void ended() {
            ended = true;
        }

        synchronized boolean silent(long now) {
            return ended || (waiting && now - asked >= PATIENCE.toMillis());
        }
    }
}
