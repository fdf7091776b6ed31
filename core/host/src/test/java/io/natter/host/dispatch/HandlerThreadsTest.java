package io.natter.host.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.ManualStrand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HandlerThreadsTest {
    private final Queue<Runnable> started = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private void refused(Throwable refusal, int tasks) {
        refusals.add(refusal.getMessage() + " " + tasks);
    }

    private List<Runnable> tasks(int from, int to) {
        return IntStream.range(from, to).<Runnable>mapToObj(n -> () -> done.add(n)).toList();
    }

    @Test
    void aHundredTasksThatDoNotBlockCostTwoRunners() {
        var runners = new HandlerThreads(started::add, this::refused);
        runners.add(tasks(0, 100));
        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(done).hasSize(100).isSorted();
        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(started).isEmpty();
        runners.add(tasks(100, 101));
        started.remove().run();
        assertThat(done).hasSize(101);
        assertThat(started).isEmpty();
    }

    @Test
    void whileATaskRunsAnotherRunnerStandsByForTheRest() {
        var runners = new HandlerThreads(started::add, this::refused);
        var first = new ArrayList<>(tasks(1, 3));
        first.addFirst(
                () -> {
                    assertThat(started).as("stands by").hasSize(1);
                    started.remove().run();
                    done.add(0);
                });
        runners.add(first);
        started.remove().run();
        assertThat(done).containsExactly(1, 2, 0);
    }

    @Test
    void noTaskWaitsBehindOneThatBlocks() throws InterruptedException {
        var runners = new HandlerThreads(Thread::startVirtualThread, this::refused);
        int many = 1000;
        var all = new CountDownLatch(many);
        var open = new CountDownLatch(1);
        var finished = new CountDownLatch(many);
        Runnable blocking =
                () -> {
                    all.countDown();
                    try {
                        open.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    finished.countDown();
                };
        for (int i = 0; i < many; i += 10) {
            runners.add(IntStream.range(0, 10).mapToObj(_ -> blocking).toList());
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).as("all have begun").isTrue();
        open.countDown();
        assertThat(finished.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatThrowsOrIsInterruptedLeavesNothingToTheNext() {
        var runners = new HandlerThreads(started::add, this::refused);
        var tasks = new ArrayList<>(tasks(1, 2));
        tasks.addFirst(
                () -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("on purpose");
                });
        tasks.add(() -> done.add(Thread.currentThread().isInterrupted() ? -1 : 2));
        runners.add(tasks);
        started.remove().run();
        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void workIsTakenUpAgainWhenTheExecutorHasRefusedIt() {
        boolean[] refuses = {true};
        var runners =
                new HandlerThreads(
                        runner -> {
                            if (refuses[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            started.add(runner);
                        },
                        this::refused);
        runners.add(tasks(0, 1));
        assertThat(refusals).containsExactly("full 1");
        refuses[0] = false;
        runners.add(tasks(1, 2));
        started.remove().run();
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void whatComesInOnePassOfTheStrandIsHandedOverOnce() {
        var strand = new ManualStrand();
        var over = new BatchedHandOff(strand, new HandlerThreads(started::add, this::refused));
        strand.execute(() -> tasks(0, 5).forEach(over::execute));
        strand.run();
        assertThat(started).hasSize(1);
        strand.execute(() -> tasks(5, 6).forEach(over::execute));
        strand.run();
        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(done).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void workThatWasRefusedIsOfferedAgainAfterAMoment() {
        boolean[] refuses = {true};
        var strand = new ManualStrand();
        var runners =
                new HandlerThreads(
                        runner -> {
                            if (refuses[0]) {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                            started.add(runner);
                        },
                        this::refused);
        var over = new BatchedHandOff(strand, runners);
        strand.execute(() -> tasks(0, 3).forEach(over::execute));
        strand.run();
        strand.advanceMillis(500);
        assertThat(started).isEmpty();
        refuses[0] = false;
        strand.advanceMillis(100);
        started.remove().run();
        assertThat(done).containsExactly(0, 1, 2);
        assertThat(strand.timers()).isZero();
    }
}
