package io.natter.chat.domain.store;

/// Why the store cannot do its work at the moment. Its public part, the code and the sentence, is
/// fixed here: neither a statement nor anything somebody wrote can be part of it.
public enum StoreTrouble {
    DISK_FULL("disk_full", "The disk is full: writes are refused until there is room."),
    LOCKED("locked", "Another program holds the database locked."),
    READ_ONLY("read_only", "The database cannot be written: it is read-only."),
    DAMAGED("damaged", "The database file is damaged: restore a backup."),
    REPLACED(
            "replaced",
            "The database file was removed or replaced while the server runs: put it back and"
                    + " restart the server."),
    DISK_ERROR("disk_error", "The disk reports errors."),
    WRITER_STALLED("writer_stalled", "A write has been under way for too long."),
    WRITER_STOPPED("writer_stopped", "The thread that writes has ended: restart the server."),
    UNKNOWN("storage", "The database takes no writes: see the server's log.");

    private final String code;
    private final String sentence;

    StoreTrouble(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /// A stable code for programs, for instance `disk_full`.
    public String code() {
        return code;
    }

    /// One sentence for the administrator of the server.
    public String sentence() {
        return sentence;
    }
}
