package io.natter.chat.store;

import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database connection of the [Writer]. After a failure that may have broken it, a new one
/// takes its place. For the writing thread only.
final class WriterConnection {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private final Supplier<Handle> connections;
    private @Nullable Handle connection;

    WriterConnection(Supplier<Handle> connections) {
        this.connections = connections;
    }

    /// The open connection, or a new one.
    Handle open() {
        Handle open = connection;
        if (open == null) {
            open = connections.get();
            connection = open;
        }
        return open;
    }

    /// Ends the transaction, if there is one.
    void rollback() {
        Handle open = connection;
        if (open == null) {
            return;
        }
        try {
            open.execute("ROLLBACK");
        } catch (RuntimeException e) {
            // SQLite may have ended the transaction itself. Any other error may come from a broken
            // connection, and a new one works in both cases.
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                close();
            }
        }
    }

    void close() {
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
}
