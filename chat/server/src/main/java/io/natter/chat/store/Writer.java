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

/// The one thread that writes, with group commit: the writes that wait share a transaction, each in
/// a savepoint of its own, so one that fails gives its numbers back and leaves the others alone.
///
/// A batch ends when nothing waits, at [StoreSettings#maxBatch] writes, or when
/// [StoreSettings#batchTime] has passed. It does not linger for more: while one commit waits for
/// the disk the next batch gathers by itself, and a lone write is not held up.
///
/// Every answer, refusals and duplicates too, is set after COMMIT, because it may rest on a row of
/// the same batch; after it the write is published. When COMMIT fails, all of the batch fails. When
/// one write costs the batch its transaction, as a full disk can, the batch is run again one by
/// one, so that only what does not fit fails.
///
/// Nothing that is thrown ends the thread, Errors included, and every write gets an answer.
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final Duration BUSY_WAIT = Duration.ofMillis(500);
    private static final long PAUSE_NANOS = 10_000_000;

    private final Supplier<Handle> connections;
    private final WriterHealth health;
    private final StoreSettings settings;
    private final StoreCounters counters;
    private final BlockingQueue<WriteJob<?>> waiting;
    private final WriteJob<?> stop = new WriteJob<>("stop", _ -> true, _ -> {});
    private final Thread thread;

    private volatile boolean closing;

    /// [System#nanoTime] when the batch under way began; 0 for none. Written by the writing thread.
    private volatile long batchStart;

    /// Only the writing thread touches it: it met [#stop] while gathering.
    private boolean stopping;

    /// Only the writing thread touches it; null after a failure that may have broken it.
    private @Nullable Handle connection;

    /// @param health told of every outcome, and asked about the files around each commit
    /// @param threads makes the writing thread
    Writer(
            Supplier<Handle> connections,
            WriterHealth health,
            StoreSettings settings,
            StoreCounters counters,
            ThreadFactory threads) {
        this.connections = connections;
        this.health = health;
        this.settings = settings;
        this.counters = counters;
        this.waiting = new ArrayBlockingQueue<>(settings.maxWaiting());
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /// Queues a write.
    ///
    /// @param name what the log calls it
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
            disconnect();
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

    /// The outermost guard: what gets here is a mistake of ours or a lack of memory.
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
        quietly(this::rollback);
        quietly(this::disconnect);
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
        } catch (Throwable t) { // whatever it is, nobody may be left without an answer
            rollback();
            if (t instanceof WriteJob.TransactionLostException && batch.size() > 1) {
                batch.forEach(this::alone);
            } else {
                refuse(batch, t);
            }
            return;
        }
        settle(batch);
    }

    /// One write of a batch that another write spoiled, in a transaction of its own.
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
            rollback();
            refuse(only, t);
            return;
        }
        settle(only);
    }

    /// Opens a transaction. Null when it cannot be had; then the batch is refused and with it those
    /// who wait behind, up to a batch's size: each would only wait for the same lock again.
    private @Nullable Handle begin(List<WriteJob<?>> batch) {
        try {
            health.checkFiles(false); // before a new connection could make a file of this name
            Handle handle = connect();
            handle.execute("BEGIN IMMEDIATE");
            return handle;
        } catch (Throwable t) {
            if (!(t instanceof WriterHealth.FilesGoneException)) {
                disconnect(); // the cause may be this connection; a new one may do better
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
        handle.execute("COMMIT");
        health.checkFiles(true);
    }

    private void settle(List<WriteJob<?>> batch) {
        health.committed(batch);
        counters.commits.increment();
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
        health.failed(why, batch.getFirst().name()); // known before anybody is answered
        counters.failed.add(batch.size());
        for (WriteJob<?> job : batch) {
            job.fail(ChatError.storage());
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

    /// The next write that waits; null when none does or none will again.
    private @Nullable WriteJob<?> nextInBatch() {
        WriteJob<?> next = stopping ? null : waiting.poll();
        if (next == stop) {
            stopping = true;
            return null;
        }
        return next;
    }

    private Handle connect() {
        Handle open = connection;
        if (open == null) {
            open = connections.get();
            connection = open;
        }
        return open;
    }

    private void rollback() {
        Handle open = connection;
        if (open == null) {
            return;
        }
        try {
            open.execute("ROLLBACK");
        } catch (RuntimeException e) {
            // SQLite may have ended the transaction itself. Anything else may be a broken
            // connection, and a new one is sound either way.
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                disconnect();
            }
        }
    }

    private void disconnect() {
        Handle open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                log.warn("Closing the database failed: {}", SqlFault.of(e).detail());
            }
        }
    }

    /// Finishes what waits and ends the thread, or gives up after [StoreSettings#closeWait]. Never
    /// call it from the writing thread.
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
            log.error("The writing thread does not end; what it has not answered may be lost");
            for (WriteJob<?> late = waiting.poll(); late != null; late = waiting.poll()) {
                late.fail(ChatError.storage());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
