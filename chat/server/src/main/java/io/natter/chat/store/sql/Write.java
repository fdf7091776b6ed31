package io.natter.chat.store.sql;

import io.natter.chat.domain.store.Change;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// One write on the writing thread, inside its savepoint: the connection, the time, and the changes
/// to publish once it is committed.
public final class Write {
    private final Handle handle;
    private final long now;
    private final List<Change> changes = new ArrayList<>();

    /// Begins a write.
    ///
    /// @param now milliseconds since 1970
    public Write(Handle handle, long now) {
        this.handle = handle;
        this.now = now;
    }

    /// The connection, inside the transaction of this write.
    public Handle handle() {
        return handle;
    }

    public long now() {
        return now;
    }

    public void changed(Change change) {
        changes.add(change);
    }

    /// The changes to publish, in order.
    public List<Change> changes() {
        return changes;
    }

    /// The next number of a room's changes.
    public long nextRoomVer(String room) {
        return next(
                "UPDATE room SET last_ver = last_ver + 1 WHERE id = ? RETURNING last_ver", room);
    }

    /// The next number of a person's changes.
    public long nextPersonVer(String person) {
        return next(
                "UPDATE person SET last_ver = last_ver + 1 WHERE id = ? RETURNING last_ver",
                person);
    }

    private long next(String statement, String id) {
        return handle.createQuery(statement).bind(0, id).mapTo(Long.class).one();
    }
}
