package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.store.StoreTrouble;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// An exception of the database without its private text: messages of JDBI and SQLite hold the
/// statement and its arguments, which are people's texts and names. Only this goes to the log.
///
/// @param detail SQLite's name and number of the error, else the class of what was thrown
record SqlFault(StoreTrouble trouble, String detail) {
    static SqlFault of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException e) {
                SQLiteErrorCode code = e.getResultCode();
                return new SqlFault(trouble(code.name()), code.name() + " (" + code.code + ")");
            }
            if (cause instanceof SQLException e && e.getErrorCode() != 0) {
                SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode());
                return new SqlFault(trouble(code.name()), code.name() + " (" + code.code + ")");
            }
        }
        return new SqlFault(StoreTrouble.UNKNOWN, root(thrown).getClass().getSimpleName());
    }

    /// The refusal of a write that failed so.
    ChatError refusal() {
        return trouble == StoreTrouble.DISK_FULL ? ChatError.storageFull() : ChatError.storage();
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static StoreTrouble trouble(String code) {
        if (code.startsWith("SQLITE_FULL")) {
            return StoreTrouble.DISK_FULL;
        }
        if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
            return StoreTrouble.LOCKED;
        }
        if (code.equals("SQLITE_READONLY_DBMOVED")) {
            return StoreTrouble.REPLACED;
        }
        if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_PERM")) {
            return StoreTrouble.READ_ONLY;
        }
        if (code.startsWith("SQLITE_CORRUPT") || code.equals("SQLITE_NOTADB")) {
            return StoreTrouble.DAMAGED;
        }
        return code.startsWith("SQLITE_IOERR") ? StoreTrouble.DISK_ERROR : StoreTrouble.UNKNOWN;
    }
}
