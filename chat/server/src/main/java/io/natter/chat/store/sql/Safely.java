package io.natter.chat.store.sql;

import org.jdbi.v3.core.Handle;

/// How removed data leaves the file.
public final class Safely {
    private Safely() {}

    /// From now on this connection overwrites what it deletes.
    public static void deleting(Handle handle) {
        handle.createQuery("PRAGMA secure_delete = ON").mapTo(String.class).findFirst();
    }
}
