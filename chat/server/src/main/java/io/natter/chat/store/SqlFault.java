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
public record SqlFault(StoreTrouble trouble, String detail) {
    /// A disk without space, whatever SQLite calls it.
    static final SqlFault FULL_DISK = new SqlFault(StoreTrouble.DISK_FULL, "SQLITE_FULL (13)");

    /// Looks for an error of the database among the causes.
    public static SqlFault of(Throwable thrown) {
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

    /// Whether an exception comes from the database.
    static boolean isIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }

    /// The action of the operator that helps, as a sentence or two.
    public String remedy() {
        return switch (trouble) {
            case DAMAGED ->
                    "The file is damaged. Run the command doctor, and put a backup in place with the"
                            + " command restore. The damaged file is kept.";
            case LOCKED ->
                    "Another program holds the database locked. End it, for example a shell of sqlite3"
                            + " or a program for backups, and try again.";
            case DISK_FULL -> "The disk is full. Free some space and try again.";
            case READ_ONLY ->
                    "Make the file and its folder writable for this user, or start as their owner.";
            case DISK_ERROR ->
                    "The disk reports errors. Look at the log of the system, and restore a backup on"
                            + " another disk.";
            default -> "Run the command doctor, or choose another directory with --data.";
        };
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static StoreTrouble trouble(String code) {
        // SQLite extends the file beside its log by this.
        if (code.startsWith("SQLITE_FULL") || code.equals("SQLITE_IOERR_SHMSIZE")) {
            return StoreTrouble.DISK_FULL;
        }
        if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
            return StoreTrouble.LOCKED;
        }
        if (code.equals("SQLITE_READONLY_DBMOVED")) {
            return StoreTrouble.REPLACED;
        }
        if (code.startsWith("SQLITE_READONLY")
                || code.startsWith("SQLITE_PERM")
                || code.startsWith("SQLITE_CANTOPEN")) {
            return StoreTrouble.READ_ONLY;
        }
        if (code.startsWith("SQLITE_CORRUPT") || code.equals("SQLITE_NOTADB")) {
            return StoreTrouble.DAMAGED;
        }
        return code.startsWith("SQLITE_IOERR") ? StoreTrouble.DISK_ERROR : StoreTrouble.UNKNOWN;
    }
}
