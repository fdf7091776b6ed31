package io.natter.host.dispatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MailboxTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicInteger resting = new AtomicInteger();

    /// The tasks of the strand, or null where that has ended.
    private @Nullable List<Runnable> strand = new ArrayList<>();

    private final Mailbox.Owner owner =
            new Mailbox.Owner() {
                @Override
                public void failed(Throwable failure) {
                    failures.add(failure);
                }

                @Override
                public void waits(long before, long after) {
                    waiting.addAndGet(after - before);
                }

                @Override
                public void rests(int change) {
                    resting.addAndGet(change);
                }

                @Override
                public boolean onStrand(Runnable task) {
                    return strand != null && strand.add(task);
                }
            };

    private static Job job(Runnable what) {
        return new Job() {
            @Override
            protected void run() {
                what.run();
            }
        };
    }

    @Test
    void startsOneRunnerForAllThatWaits() {
        var runners = new ArrayList<Runnable>();
        var done = new ArrayList<Integer>();
        var mailbox = new Mailbox(runners::add, owner);
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
        var mailbox = new Mailbox(Runnable::run, owner);
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
        var mailbox = new Mailbox(Runnable::run, owner);
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
        var mailbox = new Mailbox(Thread::startVirtualThread, owner);
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
        assertThat(mailbox.waiting()).isZero();
        assertThat(waiting).hasValue(0);
    }

    @Test
    void tellsHowManyBytesWait() {
        var runners = new ArrayList<Runnable>();
        var mailbox = new Mailbox(runners::add, owner);
        for (long bytes : new long[] {1, 3_000_000_000L, 20}) {
            mailbox.offer(
                    new Job() {
                        @Override
                        protected void run() {}

                        @Override
                        protected long bytes() {
                            return bytes;
                        }
                    });
        }
        assertThat(waiting).hasValue(3_000_000_021L);
        assertThat(mailbox.waiting()).isEqualTo(3);
        runners.removeFirst().run();
        assertThat(waiting).hasValue(0);
    }

    @Test
    void anExecutorThatRefusesCostsTheJobAndNotTheNext() {
        boolean[] refuses = {true};
        var done = new ArrayList<String>();
        var mailbox =
                new Mailbox(
                        runner -> {
                            if (refuses[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            runner.run();
                        },
                        owner);
        mailbox.offer(
                new Job() {
                    @Override
                    protected void run() {
                        done.add("never");
                    }

                    @Override
                    protected void refused() {
                        done.add("refused");
                    }
                });
        assertThat(failures).hasExactlyElementsOfTypes(RejectedExecutionException.class);
        assertThat(mailbox.waiting()).isZero();
        assertThat(waiting).hasValue(0);
        refuses[0] = false;
        mailbox.offer(job(() -> done.add("next")));
        assertThat(done).containsExactly("refused", "next");
    }

    @Test
    void aReportThatFailsKeepsNothingBack() {
        var done = new ArrayList<String>();
        var runners = new ArrayList<Runnable>();
        var mailbox =
                new Mailbox(
                        runners::add,
                        new Mailbox.Owner() {
                            @Override
                            public void failed(Throwable failure) {
                                throw new IllegalStateException(failure);
                            }

                            @Override
                            public void waits(long before, long after) {}

                            @Override
                            public void rests(int change) {}

                            @Override
                            public boolean onStrand(Runnable task) {
                                return false;
                            }
                        });
        mailbox.offer(
                job(
                        () -> {
                            throw new StackOverflowError();
                        }));
        mailbox.offer(job(() -> done.add("next")));
        runners.removeFirst().run();
        assertThat(done).containsExactly("next");
    }

    private static final long HALF = BroadcastBacklog.MAX_UNWRITTEN / 2;

    /// A job that broadcasts a bit more than half of what may wait.
    private static Job broadcast(Runnable what) {
        return job(
                () -> {
                    what.run();
                    requireNonNull(BroadcastBacklog.current()).posted(HALF + 1);
                });
    }

    @Test
    void restsUntilHalfOfItsBroadcastsAreWritten() {
        var done = new ArrayList<Integer>();
        var runners = new ArrayList<Runnable>();
        var mailbox = new Mailbox(runners::add, owner);
        for (int i = 0; i < 4; i++) {
            int n = i;
            mailbox.offer(broadcast(() -> done.add(n)));
        }
        runners.removeFirst().run();
        assertThat(done).containsExactly(0, 1);
        assertThat(mailbox.waiting()).isEqualTo(2);
        assertThat(resting).hasValue(1);
        mailbox.offer(broadcast(() -> done.add(4)));
        assertThat(runners).isEmpty();
        mailbox.written(HALF + 1);
        assertThat(strand).isEmpty();
        mailbox.written(1);
        requireNonNull(strand).removeFirst().run();
        assertThat(resting).hasValue(0);
        runners.removeFirst().run();
        assertThat(done).containsExactly(0, 1, 2);
        mailbox.written(HALF);
        mailbox.written(HALF + 1);
        assertThat(strand).hasSize(1);
        mailbox.written(HALF + 1);
        assertThat(strand).hasSize(1);
        requireNonNull(strand).removeFirst().run();
        runners.removeFirst().run();
        assertThat(done).containsExactly(0, 1, 2, 3, 4);
        assertThat(mailbox.waiting()).isZero();
        assertThat(resting).hasValue(0);
    }

    @Test
    void theLastJobLeavesNothingToWaitFor() {
        var mailbox = new Mailbox(Runnable::run, owner);
        var done = new ArrayList<Integer>();
        for (int i = 0; i < 4; i++) {
            int n = i;
            mailbox.offer(broadcast(() -> done.add(n)));
        }
        assertThat(done).containsExactly(0, 1, 2, 3);
        assertThat(resting).hasValue(0);
    }

    @Test
    void whatWaitsRunsWhereTheStrandHasEnded() throws Exception {
        var runners = new ArrayList<Runnable>();
        var mailbox = new Mailbox(runners::add, owner);
        var last = new CountDownLatch(1);
        mailbox.offer(broadcast(() -> {}));
        mailbox.offer(broadcast(() -> {}));
        mailbox.offer(job(last::countDown));
        runners.removeFirst().run();
        strand = null;
        mailbox.written(2 * (HALF + 1));
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
