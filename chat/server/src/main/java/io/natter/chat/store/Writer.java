package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.log.WithoutMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only thread that writes, with group commit. Waiting writes share a transaction. Each has a
/// savepoint of its own, so a write that fails releases its numbers and does not affect the others.
///
/// A batch ends when nothing waits, at [StoreSettings#maxBatch] writes, or when
/// [StoreSettings#batchTime] has passed. It does not wait for more: while one commit waits for the
/// disk, the next batch gathers by itself, and a single write is not delayed.
///
/// Every answer, also a refusal or a duplicate, is set after COMMIT, because it may depend on a row
/// of the same batch. Then the write is published. If COMMIT fails, the whole batch fails. If one
/// write ends the transaction of the batch, as a full disk can, the batch is run again one by one.
/// So only the writes that do not fit fail.
///
/// No exception ends the thread, not even an `Error`, and every write gets an answer.
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final Duration BUSY_WAIT = Duration.ofMillis(500);
    private static final long PAUSE_NANOS = 10_000_000;

    private final WriterConnection connection;
    private final WriterHealth health;
    private final StoreSettings settings;
    private final StoreCounters counters;
    private final BlockingQueue<WriteJob<?>> waiting;
    private final WriteJob<?> stop = new WriteJob<>("stop", _ -> true, _ -> {});
    private final Thread thread;

    private volatile boolean closing;

    /// [System#nanoTime] when the present batch began; 0 for none. Written by the writing thread.
    private volatile long batchStart;

    /// Only the writing thread touches it: it met [#stop] while gathering.
    private boolean stopping;

    /// @param health gets every outcome, and checks the files around each commit
    /// @param threads makes the writing thread
    Writer(
            Supplier<Handle> connections,
            WriterHealth health,
            StoreSettings settings,
            StoreCounters counters,
            ThreadFactory threads) {
        this.connection = new WriterConnection(connections);
        this.health = health;
        this.settings = settings;
        this.counters = counters;
        this.waiting = new ArrayBlockingQueue<>(settings.maxWaiting());
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /// Queues a write.
    ///
    /// @param name its name in the log
    /// @param work runs on the writing thread inside a savepoint
    /// @param published is given the result after the answer is set, in the order of commits
    <T> CompletableFuture<T> submit(String name, WriteJob.Work<T> work, Consumer<T> published) {
        WriteJob<T> job = new WriteJob<>(name, work, published);
        if (!takesWrites()) {
            job.fail(ChatError.storage());
        } else if (!waiting.offer(job)) {
            counters.busy.increment();
            job.fail(ChatError.busy(BUSY_WAIT));
        } else if (!takesWrites() && waiting.remove(job)) {
            job.fail(ChatError.storage());
        }
        return job.answer;
    }

    private boolean takesWrites() {
        return !closing && thread.isAlive();
    }

    /// The number of writes that wait.
    int waiting() {
        return waiting.size();
    }

    Optional<StoreTrouble> trouble() {
        if (!closing && !thread.isAlive()) {
            return Optional.of(StoreTrouble.WRITER_STOPPED);
        }
        long start = batchStart;
        if (start != 0 && System.nanoTime() - start > settings.stalledAfter().toNanos()) {
            return Optional.of(StoreTrouble.WRITER_STALLED);
        }
        return health.trouble();
    }

    private void run() {
        try {
            for (WriteJob<?> first = take(); first != stop; first = take()) {
                serve(first);
                if (stopping) {
                    break;
                }
            }
        } finally {
            connection.close();
            for (WriteJob<?> late = waiting.poll(); late != null; late = waiting.poll()) {
                late.fail(ChatError.storage());
            }
        }
    }

    private WriteJob<?> take() {
        while (true) {
            try {
                return waiting.take();
            } catch (InterruptedException _) {
                // Only close() ends this thread, and it does not interrupt.
            } catch (Throwable _) {
                LockSupport.parkNanos(PAUSE_NANOS); // out of memory; there may be some soon
            }
        }
    }

    /// Handles exceptions that no inner code expects: a mistake of ours or a lack of memory.
    private void serve(WriteJob<?> first) {
        List<WriteJob<?>> batch = new ArrayList<>(settings.maxBatch());
        batch.add(first);
        batchStart = System.nanoTime() | 1; // never 0
        try {
            batch(batch);
        } catch (Throwable t) {
            lastResort(batch, t);
        } finally {
            batchStart = 0;
        }
    }

    private void lastResort(List<WriteJob<?>> batch, Throwable why) {
        quietly(() -> log.error("The writing thread goes on after", WithoutMessages.of(why)));
        quietly(connection::rollback);
        quietly(connection::close);
        for (WriteJob<?> job : batch) {
            quietly(() -> job.fail(ChatError.storage())); // does nothing where there is an answer
        }
    }

    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (Throwable _) {
            // The next step matters more.
        }
    }

    private void batch(List<WriteJob<?>> batch) {
        Handle handle = begin(batch);
        if (handle == null) {
            return;
        }
        try {
            gather(handle, batch);
            commit(handle);
        } catch (Throwable t) { // in any case each write must get an answer
            connection.rollback();
            if (t instanceof WriteJob.TransactionLostException && batch.size() > 1) {
                batch.forEach(this::alone);
            } else {
                refuse(batch, t);
            }
            return;
        }
        settle(batch);
    }

    /// Runs one write of a batch that another write has ended, in a transaction of its own.
    private void alone(WriteJob<?> job) {
        List<WriteJob<?>> only = new ArrayList<>(List.of(job));
        Handle handle = begin(only);
        if (handle == null) {
            return;
        }
        try {
            job.run(handle);
            commit(handle);
        } catch (Throwable t) {
            connection.rollback();
            refuse(only, t);
            return;
        }
        settle(only);
    }

    /// Opens a transaction, or returns null if that fails. Then the batch is refused, and with it
    /// the waiting writes up to a batch's size. Each of them would only wait for the same lock
    /// again.
    private @Nullable Handle begin(List<WriteJob<?>> batch) {
        try {
            health.checkFiles(false); // before a new connection could make a file of this name
            Handle handle = connection.open();
            KeptStatements.execute(handle, "BEGIN IMMEDIATE");
            return handle;
        } catch (Throwable t) {
            if (!(t instanceof WriterHealth.FilesGoneException)) {
                connection.close(); // it may be the cause, and a new one may work
            }
            while (batch.size() < settings.maxBatch()) {
                WriteJob<?> next = nextInBatch();
                if (next == null) {
                    break;
                }
                batch.add(next);
            }
            refuse(batch, t);
            return null;
        }
    }

    /// A commit to a file that has lost its name is lost with the process.
    private void commit(Handle handle) {
        KeptStatements.execute(handle, "COMMIT");
        health.checkFiles(true);
    }

    private void settle(List<WriteJob<?>> batch) {
        health.committed(batch);
        counters.commits.increment();
        counters.commitNanos.add(System.nanoTime() - batchStart);
        counters.writes.add(batch.stream().filter(WriteJob::succeeded).count());
        for (WriteJob<?> job : batch) {
            try {
                job.settle(counters);
            } catch (Throwable t) {
                lastResort(List.of(job), t);
            }
        }
    }

    private void refuse(List<WriteJob<?>> batch, Throwable why) {
        health.failed(why, batch.getFirst().name()); // known before the first answer
        counters.failed.add(batch.size());
        ChatError refusal = SqlFault.of(why).refusal();
        for (WriteJob<?> job : batch) {
            job.fail(refusal);
        }
    }

    /// Runs writes until the batch is full or nothing waits.
    private void gather(Handle handle, List<WriteJob<?>> batch) {
        long start = System.nanoTime();
        batch.getFirst().run(handle);
        while (batch.size() < settings.maxBatch()
                && System.nanoTime() - start < settings.batchTime().toNanos()) {
            WriteJob<?> next = nextInBatch();
            if (next == null) {
                return;
            }
            batch.add(next);
            next.run(handle);
        }
    }

    /// The next waiting write; null if there is none, or if the thread is to end.
    private @Nullable WriteJob<?> nextInBatch() {
        WriteJob<?> next = stopping ? null : waiting.poll();
        if (next == stop) {
            stopping = true;
            return null;
        }
        return next;
    }

    /// Runs the waiting writes and ends the thread, or gives up after [StoreSettings#closeWait].
    /// Not to be called from the writing thread.
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        long start = System.nanoTime();
        boolean interrupted = false;
        boolean told = false;
        while (thread.isAlive() && System.nanoTime() - start < settings.closeWait().toNanos()) {
            try {
                told = told || waiting.offer(stop, 50, TimeUnit.MILLISECONDS);
                if (told) {
                    thread.join(50);
                }
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (thread.isAlive()) {
            log.error("The writing thread does not end; writes without an answer may be lost");
            for (WriteJob<?> late = waiting.poll(); late != null; late = waiting.poll()) {
                late.fail(ChatError.storage());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
