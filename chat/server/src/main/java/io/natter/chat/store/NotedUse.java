package io.natter.chat.store;

import io.natter.chat.store.sql.Used;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds sessions, bots and webhooks by their secrets, and notes that they are in use. The note is
/// written later: no request waits for it.
final class NotedUse {
    private final Transactions transactions;
    private final InstantSource clock;

    NotedUse(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Finds the owner of a secret at a time.
    interface Query<T> {
        Optional<Used<T>> find(Handle handle, long now);
    }

    /// Writes the time of use of an owner.
    interface Note<T> {
        boolean write(Handle handle, T owner, long now);
    }

    /// @param name the name of the query in the log
    <T> Optional<T> find(String name, Query<T> query, Note<T> note) {
        long now = clock.millis();
        Optional<Used<T>> found = transactions.read(name, handle -> query.find(handle, now));
        found.filter(Used::toNote)
                .map(Used::owner)
                .ifPresent(
                        owner ->
                                transactions.attempt(
                                        "note use", handle -> note.write(handle, owner, now)));
        return found.map(Used::owner);
    }
}
