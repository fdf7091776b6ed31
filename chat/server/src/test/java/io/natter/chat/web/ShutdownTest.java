package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final BlockingQueue<Integer> halted = new LinkedBlockingQueue<>();

    @Test
    void whatStopsInTimeIsLeftToTheJvm() {
        CountDownLatch closed = new CountDownLatch(1);
        new Shutdown(closed::countDown, Duration.ofMinutes(5), halted::add).run();
        assertThat(closed.getCount()).isZero();
        assertThat(halted).isEmpty();
    }

    @Test
    void whatHangsIsEnded() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Runnable hangs =
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                };
        new Shutdown(hangs, Duration.ofMillis(50), halted::add).run();
        assertThat(halted.poll(20, TimeUnit.SECONDS)).isEqualTo(143);
        never.countDown();
    }

    @Test
    void whatThrowsIsNotWaitedFor() {
        Runnable fails =
                () -> {
                    throw new OutOfMemoryError("on purpose");
                };
        new Shutdown(fails, Duration.ofMinutes(5), halted::add).run();
        assertThat(halted).isEmpty();
    }

    @Test
    void anotherHookThatHangsIsEndedToo() throws Exception {
        // The watch goes on after this hook is done.
        new Shutdown(() -> {}, Duration.ofMillis(50), halted::add).run();
        assertThat(halted.poll(20, TimeUnit.SECONDS)).isEqualTo(143);
    }
}
