package io.natter.bench;

import io.natter.host.dispatch.Job;
import io.natter.host.dispatch.Mailbox;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of a job that is handed to a socket's handlers: on the strand, on a virtual thread for
/// each, and on a virtual thread that finds a hundred waiting.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MailboxBenchmark {
    private static final int BURST = 100;

    private final Mailbox inline = mailbox(Runnable::run);
    private final Mailbox virtual = mailbox(Thread::startVirtualThread);
    private int done;

    private static Mailbox mailbox(Executor executor) {
        return new Mailbox(
                executor,
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
    }

    @Benchmark
    public int onTheStrand() {
        inline.offer(
                new Job() {
                    @Override
                    protected void run() {
                        done++;
                    }
                });
        return done;
    }

    @Benchmark
    public void onAVirtualThread() throws InterruptedException {
        burst(1);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void onAVirtualThreadInBursts() throws InterruptedException {
        burst(BURST);
    }

    /// Ends when all jobs are done, so the wait for them is part of it.
    private void burst(int jobs) throws InterruptedException {
        var left = new CountDownLatch(jobs);
        for (int i = 0; i < jobs; i++) {
            virtual.offer(
                    new Job() {
                        @Override
                        protected void run() {
                            left.countDown();
                        }
                    });
        }
        left.await();
    }
}
