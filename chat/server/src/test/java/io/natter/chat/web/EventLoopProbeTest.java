package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.ManualClock;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopProbeTest {
    private final ManualClock clock = new ManualClock();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
    private final EventLoopProbe probe = new EventLoopProbe(loops, clock.monotonic());

    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        goOn.countDown();
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void loopsThatRunAreHeard() {
        probe.ask();
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            probe.ask();
                            clock.advance(Duration.ofSeconds(1));
                            return probe.silent() == 0;
                        });
        assertThat(probe.size()).isEqualTo(3);
    }

    @Test
    void aLoopThatHangsIsToldAfterFiveSecondsAndHeardWhenItIsBack() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        EventExecutor one = loops.iterator().next();
        one.execute(
                () -> {
                    hangs.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        hangs.await();
        probe.ask();
        for (EventExecutor other : others()) {
            other.submit(() -> {}).get(20, TimeUnit.SECONDS);
        }
        clock.advance(Duration.ofMillis(4999));
        assertThat(probe.silent()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(probe.silent()).isEqualTo(1);
        goOn.countDown();
        one.submit(() -> {}).get(20, TimeUnit.SECONDS);
        assertThat(probe.silent()).isZero();
    }

    private List<EventExecutor> others() {
        List<EventExecutor> all = new ArrayList<>();
        loops.forEach(all::add);
        return all.subList(1, all.size());
    }

    @Test
    void aLoopThatHasEndedIsTold() {
        stop();
        probe.ask();
        assertThat(probe.silent()).isEqualTo(3);
    }
}
