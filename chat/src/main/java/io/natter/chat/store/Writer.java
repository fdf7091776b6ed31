package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
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
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final Duration BUSY_WAIT = Duration.ofMillis(500);

    private final Supplier<Handle> connections;
    private final StoreSettings settings;
    private final StoreCounters counters;
    private final BlockingQueue<WriteJob<?>> waiting;
    private final WriteJob<?> stop = new WriteJob<>(_ -> true, _ -> {});
    private final Thread thread;

    private volatile boolean closing;

    /// Set by the writing thread, read by any.
    private volatile @Nullable String trouble;

    /// Only the writing thread touches it: it met [#stop] while gathering.
    private boolean stopping;

    /// Only the writing thread touches it; null after a failure that may have broken it.
    private @Nullable Handle connection;

    Writer(Supplier<Handle> connections, StoreSettings settings, StoreCounters counters) {
        this.connections = connections;
        this.settings = settings;
        this.counters = counters;
        this.waiting = new ArrayBlockingQueue<>(settings.maxWaiting());
        this.thread = Thread.ofPlatform().name("natter-writer").start(this::run);
    }

    /// Queues a write.
    ///
    /// @param work runs on the writing thread inside a savepoint
    /// @param published is given the result after the answer is set, in the order of commits
    <T> CompletableFuture<T> submit(WriteJob.Work<T> work, Consumer<T> published) {
        WriteJob<T> job = new WriteJob<>(work, published);
        if (closing) {
            job.fail(ChatError.storage());
        } else if (!waiting.offer(job)) {
            counters.busy.increment();
            job.fail(ChatError.busy(BUSY_WAIT));
        } else if (closing && waiting.remove(job)) {
            job.fail(ChatError.storage());
        }
        return job.answer;
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        try {
            for (WriteJob<?> first = take(); first != stop; first = take()) {
                batch(first);
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
            }
        }
    }

    private void batch(WriteJob<?> first) {
        List<WriteJob<?>> batch = new ArrayList<>(settings.maxBatch());
        batch.add(first);
        Handle handle = begin(batch);
        if (handle == null) {
            return;
        }
        try {
            gather(handle, batch);
            handle.execute("COMMIT");
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
            handle.execute("COMMIT");
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
            Handle handle = connect();
            handle.execute("BEGIN IMMEDIATE");
            return handle;
        } catch (Throwable t) {
            disconnect(); // the cause may be this connection; a new one may do better
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

    private void settle(List<WriteJob<?>> batch) {
        noteHealth(batch);
        counters.commits.increment();
        counters.writes.add(batch.stream().filter(WriteJob::succeeded).count());
        for (WriteJob<?> job : batch) {
            job.settle(counters);
        }
    }

    private void refuse(List<WriteJob<?>> batch, Throwable why) {
        inTrouble(why);
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

    /// A committed batch may still hold writes that the database refused, as a full disk does with
    /// one that needs a new page.
    private void noteHealth(List<WriteJob<?>> batch) {
        for (WriteJob<?> job : batch) {
            if (job.failure() instanceof JdbiException failure) {
                inTrouble(failure);
                return;
            }
        }
        if (trouble != null && batch.stream().anyMatch(WriteJob::succeeded)) {
            log.info("The database takes writes again");
            trouble = null;
        }
    }

    private void inTrouble(Throwable why) {
        if (trouble == null) {
            log.warn("Cannot write to the database; writes are refused", why);
        }
        trouble = String.valueOf(why.getMessage()).lines().findFirst().orElse("unknown");
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
                log.warn("Closing the database failed", e);
            }
        }
    }

    /// Finishes what waits and ends the thread. Never call it from the writing thread.
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        boolean interrupted = false;
        boolean told = false;
        while (thread.isAlive()) {
            try {
                told = told || waiting.offer(stop, 50, TimeUnit.MILLISECONDS);
                if (told) {
                    thread.join();
                }
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
