package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.store.Change;
import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.store.sql.Write;
import io.natter.chat.store.sql.integration.EventOutbox;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what reads and what writes, each in a transaction, and publishes what was committed.
final class Transactions {
    private static final Logger log = LoggerFactory.getLogger(Transactions.class);

    private final Database database;
    private final Writer writer;
    private final InstantSource clock;

    private final EventOutbox outbox = new EventOutbox();

    private volatile Consumer<Change> committed = _ -> {};

    /// A page that cannot be read does not heal: stays until the server is started again.
    private volatile boolean damaged;

    Transactions(Database database, Writer writer, InstantSource clock) {
        this.database = database;
        this.writer = writer;
        this.clock = clock;
    }

    private record Outcome<T>(T value, List<Change> changes) {}

    void onCommitted(Consumer<Change> listener) {
        committed = committed.andThen(listener);
    }

    /// The events for webhooks of all changes.
    EventOutbox outbox() {
        return outbox;
    }

    /// A write whose changes are published after it was answered.
    <T> CompletableFuture<T> change(String name, Function<Write, T> work) {
        return writer.submit(
                        name,
                        handle -> {
                            Write write = new Write(handle, clock.millis());
                            T value = work.apply(write);
                            outbox.record(write);
                            return new Outcome<>(value, write.changes());
                        },
                        outcome -> outcome.changes().forEach(committed))
                .thenApply(Outcome::value);
    }

    /// A write without a publication.
    <T> CompletableFuture<T> write(String name, WriteJob.Work<T> work) {
        return writer.submit(name, work, _ -> {});
    }

    /// A write whose outcome only [SqliteStore#trouble] and the counters tell.
    void attempt(String name, WriteJob.Work<?> work) {
        var _ = write(name, work);
    }

    <T> T read(String name, HandleCallback<T, RuntimeException> query) {
        try {
            // One transaction, so all that one answer holds is of one moment.
            return database.reading().inTransaction(query);
        } catch (JdbiException e) {
            SqlFault fault = SqlFault.of(e);
            log.warn("The query '{}' failed: {}", name, fault.detail());
            damaged |= fault.trouble() == StoreTrouble.DAMAGED;
            throw ChatError.storage().exception();
        }
    }

    /// The failures of writes and reads.
    Optional<StoreTrouble> trouble() {
        Optional<StoreTrouble> trouble = writer.trouble();
        return trouble.isEmpty() && damaged ? Optional.of(StoreTrouble.DAMAGED) : trouble;
    }

    /// Whether writes fail, which another write may end.
    boolean writesFail() {
        return writer.trouble().isPresent();
    }
}
