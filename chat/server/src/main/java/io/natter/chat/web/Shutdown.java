package io.natter.chat.web;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reaction to SIGTERM: an orderly stop, or a forced one. If a step hangs or throws, the
/// process ends within [#BOUND].
final class Shutdown {
    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    static final Duration BOUND = Duration.ofSeconds(20);

    /// The JVM's own code after SIGTERM.
    static final int CODE = 143;

    private final Runnable close;
    private final Duration bound;
    private final IntConsumer halt;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param halt ends the process at once; [Runtime#halt]
    Shutdown(Runnable close, Duration bound, IntConsumer halt) {
        this.close = close;
        this.bound = bound;
        this.halt = halt;
    }

    /// Runs `close` when the JVM is told to end.
    static void onExit(Runnable close) {
        Shutdown shutdown = new Shutdown(close, BOUND, Runtime.getRuntime()::halt);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("natter-stop").unstarted(shutdown::run));
    }

    void run() {
        try {
            // Goes on after this method: other hooks may hang as well.
            Thread.ofPlatform().name("natter-stop-watch").daemon().start(this::watch);
            Thread.ofPlatform().name("natter-close").daemon().start(this::close);
            if (!closed.await(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                giveUp();
            }
        } catch (Throwable _) { // no memory for a thread, perhaps
            halt.accept(CODE);
        }
    }

    private void close() {
        try {
            close.run();
        } catch (Throwable t) {
            log.error("Stopping in good order failed", t);
        } finally {
            closed.countDown();
        }
    }

    private void watch() {
        try {
            Thread.sleep(bound);
        } catch (InterruptedException _) {
            // then at once
        }
        giveUp();
    }

    private void giveUp() {
        try {
            log.error("The server did not stop within {} s and is ended", bound.toSeconds());
        } finally {
            halt.accept(CODE);
        }
    }
}
