package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.log.WithoutMessages;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One write on its way: waiting, then run in a savepoint, then answered once its batch is
/// committed or given up. After it was queued only the writing thread touches it, its future aside.
final class WriteJob<T> {
    private static final Logger log = LoggerFactory.getLogger(WriteJob.class);

    /// The work of a write. A [ChatException] refuses it; anything else thrown is a failure. Either
    /// way nothing of it stays.
    @FunctionalInterface
    interface Work<T> {
        T run(Handle handle);
    }

    private final String name;
    private final Work<T> work;
    private final Consumer<T> published;
    final CompletableFuture<T> answer = new CompletableFuture<>();

    private @Nullable T result;
    private @Nullable ChatException refusal;
    private @Nullable RuntimeException failure;

    /// @param name what this write is called in the log
    WriteJob(String name, Work<T> work, Consumer<T> published) {
        this.name = name;
        this.work = work;
        this.published = published;
    }

    /// May run again when an earlier run's transaction was rolled back.
    ///
    /// @throws TransactionLostException when this write failed and took the transaction with it
    void run(Handle handle) {
        result = null;
        refusal = null;
        failure = null;
        KeptStatements.execute(handle, "SAVEPOINT job");
        try {
            result = work.run(handle);
        } catch (ChatException e) {
            refusal = e;
        } catch (JdbiException e) {
            failure = e;
            refusal = SqlFault.of(e).refusal().exception();
        } catch (RuntimeException e) {
            log.error(
                    "The write '{}' failed through a mistake of ours", name, WithoutMessages.of(e));
            failure = e;
            refusal = ChatError.internal().exception();
        }
        if (refusal != null) {
            undo(handle);
        }
        KeptStatements.execute(handle, "RELEASE job");
    }

    private void undo(Handle handle) {
        try {
            KeptStatements.execute(handle, "ROLLBACK TO job");
        } catch (JdbiException e) {
            // SQLite ends the transaction itself on some errors, a full disk among them; the
            // savepoint is gone with it.
            throw new TransactionLostException(failure == null ? e : failure);
        }
    }

    /// A write failed and the transaction with it.
    static final class TransactionLostException extends RuntimeException {
        @Serial private static final long serialVersionUID = 1L;

        TransactionLostException(RuntimeException cause) {
            super(cause);
        }
    }

    /// The exception of the database for this write, or null.
    @Nullable RuntimeException failure() {
        return failure;
    }

    String name() {
        return name;
    }

    boolean succeeded() {
        return refusal == null;
    }

    /// After COMMIT: the answer first, then the publication. Exceptions of both stay here: the
    /// writing thread has others to serve.
    void settle(StoreCounters counters) {
        ChatException refused = refusal;
        T value = result;
        if (refused != null || value == null) {
            if (failure != null) {
                counters.failed.increment();
            }
            answer.completeExceptionally(
                    refused != null ? refused : ChatError.internal().exception());
            return;
        }
        answer.complete(value);
        try {
            published.accept(value);
        } catch (Throwable t) {
            counters.listenerErrors.increment();
            log.error(
                    "Publishing the write '{}' failed; it stays committed",
                    name,
                    WithoutMessages.of(t));
        }
    }

    void fail(ChatError error) {
        answer.completeExceptionally(error.exception());
    }
}
