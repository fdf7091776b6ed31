package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MailboxTest {
    private final List<Throwable> failures = new ArrayList<>();

    private static Job job(Runnable what) {
        return new Job() {
            @Override
            void run() {
                what.run();
            }
        };
    }

    @Test
    void startsOneRunnerForAllThatWaits() {
        var runners = new ArrayList<Runnable>();
        var done = new ArrayList<Integer>();
        var mailbox = new Mailbox(runners::add, failures::add);
        for (int i = 0; i < 3; i++) {
            int n = i;
            mailbox.offer(job(() -> done.add(n)));
        }
        assertThat(runners).hasSize(1);
        assertThat(mailbox.waiting()).isEqualTo(3);
        runners.removeFirst().run();
        assertThat(done).containsExactly(0, 1, 2);
        assertThat(mailbox.waiting()).isZero();
        mailbox.offer(job(() -> done.add(3)));
        runners.removeFirst().run();
        assertThat(done).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whatAJobOffersRunsAfterIt() {
        var done = new ArrayList<String>();
        var mailbox = new Mailbox(Runnable::run, failures::add);
        mailbox.offer(
                job(
                        () -> {
                            mailbox.offer(job(() -> done.add("second")));
                            done.add("first");
                        }));
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void aJobThatThrowsIsToldAndTheNextRuns() {
        var done = new ArrayList<String>();
        var mailbox = new Mailbox(Runnable::run, failures::add);
        mailbox.offer(
                job(
                        () -> {
                            throw new AssertionError("x");
                        }));
        mailbox.offer(job(() -> done.add("next")));
        assertThat(failures).hasSize(1);
        assertThat(done).containsExactly("next");
    }

    @Test
    void keepsOrderAndSolitudeOnThreadsOfTheirOwn() throws Exception {
        int jobs = 100_000;
        var done = new ConcurrentLinkedQueue<Integer>();
        var running = new AtomicInteger();
        var together = new AtomicInteger();
        var all = new CountDownLatch(jobs);
        var mailbox = new Mailbox(Thread::startVirtualThread, failures::add);
        for (int i = 0; i < jobs; i++) {
            int n = i;
            mailbox.offer(
                    job(
                            () -> {
                                if (running.incrementAndGet() != 1) {
                                    together.incrementAndGet();
                                }
                                done.add(n);
                                running.decrementAndGet();
                                all.countDown();
                            }));
            if (i % 7 == 0) {
                Thread.onSpinWait();
            }
        }
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(together).hasValue(0);
        assertThat(List.copyOf(done)).hasSize(jobs).isSorted();
    }
}
