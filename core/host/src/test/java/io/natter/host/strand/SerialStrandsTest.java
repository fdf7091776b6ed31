package io.natter.host.strand;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialStrandsTest {
    private final SerialStrands strands = SerialStrands.of(2);
    private final Strand one = strands.next();
    private final Strand two = strands.next();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        strands.close();
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(seen.poll(30, SECONDS));
    }

    /// Keeps a strand from its next task until the latch is open.
    private static CountDownLatch block(Strand strand) throws InterruptedException {
        var busy = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        strand.execute(
                () -> {
                    busy.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertThat(busy.await(30, SECONDS)).isTrue();
        return go;
    }

    @Test
    void givesEachStrandInTurn() {
        assertThat(one).isNotSameAs(two);
        assertThat(strands.next()).isSameAs(one);
        assertThat(strands.all()).containsExactly(one, two);
        assertThatThrownBy(() -> SerialStrands.of(0)).hasMessageContaining("positive");
    }

    @Test
    void runsTheTasksOfOneThreadInTheirOrderAndOneAtATime() throws Exception {
        var order = new ArrayList<Integer>();
        var done = new CountDownLatch(1);
        for (int i = 0; i < 10_000; i++) {
            int n = i;
            one.execute(() -> order.add(n));
        }
        one.execute(done::countDown);
        assertThat(done.await(30, SECONDS)).isTrue();
        assertThat(order).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void canBeAwaitedWhenItsLastTaskHasRun() throws Exception {
        var go = block(one);
        strands.close();
        assertThat(strands.awaitEnd(Duration.ZERO)).isFalse();
        go.countDown();
        assertThat(strands.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void missesNoTaskHoweverItFallsAsleep() throws Exception {
        for (int i = 0; i < 2000; i++) {
            one.execute(() -> seen.add("done"));
            assertThat(next()).isEqualTo("done");
        }
    }

    @Test
    void knowsItsOwnThread() throws Exception {
        assertThat(one.isCurrent()).isFalse();
        one.execute(() -> seen.add(one.isCurrent() + " " + two.isCurrent()));
        assertThat(next()).isEqualTo("true false");
    }

    @Test
    void aTaskThatThrowsEndsNothing() throws Exception {
        one.execute(
                () -> {
                    throw new StackOverflowError();
                });
        var _ =
                one.schedule(
                        () -> {
                            throw new IllegalStateException("on purpose");
                        },
                        0);
        var _ = one.schedule(() -> seen.add("timer"), 1);
        assertThat(next()).isEqualTo("timer");
        one.execute(() -> seen.add("task"));
        assertThat(next()).isEqualTo("task");
    }

    @Test
    void timersRunInTheOrderOfTheirTimesAndNotBefore() throws Exception {
        var go = block(one);
        long apart = MILLISECONDS.toNanos(50);
        long start;
        Runnable cancelLater;
        Runnable cancelSooner;
        while (true) {
            start = one.nanoTime();
            cancelLater = one.schedule(() -> seen.add("later at " + one.nanoTime()), apart);
            cancelSooner = one.schedule(() -> seen.add("sooner"), 0);
            if (one.nanoTime() - start < apart) {
                break;
            }
            // This thread was held up for so long that the order is another.
            cancelLater.run();
            cancelSooner.run();
        }
        go.countDown();
        assertThat(next()).isEqualTo("sooner");
        var later = next();
        assertThat(later).startsWith("later at ");
        assertThat(Long.parseLong(later.substring(9)) - start).isGreaterThanOrEqualTo(apart);
    }

    @Test
    void aTimerThatIsCancelledDoesNotRun() throws Exception {
        var cancel = one.schedule(() -> seen.add("cancelled"), MILLISECONDS.toNanos(20));
        cancel.run();
        cancel.run();
        var _ = one.schedule(() -> seen.add("other"), MILLISECONDS.toNanos(40));
        assertThat(next()).isEqualTo("other");
    }

    @Test
    void aTimerRunsThoughTasksNeverEnd() throws Exception {
        var again =
                new Runnable() {
                    @Override
                    public void run() {
                        if (seen.isEmpty()) {
                            one.execute(this);
                        }
                    }
                };
        one.execute(again);
        var _ = one.schedule(() -> seen.add("timer"), 1);
        assertThat(next()).isEqualTo("timer");
    }

    @Test
    void comesBehindWhatWasThereOnItsOwnStrand() throws Exception {
        var go = block(one);
        one.executeAfterReads(() -> seen.add("after"));
        one.execute(() -> seen.add("before"));
        go.countDown();
        assertThat(next()).isEqualTo("before");
        assertThat(next()).isEqualTo("after");
    }

    @Test
    void comesBehindWhatWasThereOnAllStrands() throws Exception {
        var go = block(two);
        one.executeAfterAllReads(() -> seen.add("after"));
        two.execute(() -> one.execute(() -> seen.add("handed over")));
        one.execute(() -> seen.add("before"));
        assertThat(next()).isEqualTo("before");
        go.countDown();
        assertThat(next()).isEqualTo("handed over");
        assertThat(next()).isEqualTo("after");
    }

    @Test
    void saysWhetherATaskWillRun() throws Exception {
        assertThat(one.tryExecute(() -> seen.add("ran"))).isTrue();
        assertThat(next()).isEqualTo("ran");
        strands.close();
        assertThat(one.tryExecute(() -> seen.add("late"))).isFalse();
    }

    @Test
    void runsWhatItWasGivenAndRefusesTheRestOnceItIsClosed() throws Exception {
        var go = block(one);
        one.execute(() -> seen.add("last"));
        strands.close();
        assertThatThrownBy(() -> one.execute(() -> seen.add("late")))
                .isInstanceOf(RejectedExecutionException.class);
        go.countDown();
        assertThat(next()).isEqualTo("last");
        assertThat(seen).isEmpty();
    }
}
