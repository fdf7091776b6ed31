package io.natter.chat.store.archive;

/// `backup.json` in a backup: what it must contain.
///
/// @param format of the backup, 1
/// @param madeAt milliseconds since 1970
/// @param database the contents of `natter.db`
/// @param sha256 of `natter.db`, in hexadecimal
/// @param files the number of attached files
/// @param fileBytes their bytes together
record Manifest(
        int format,
        long madeAt,
        OpenDatabase.Contents database,
        String sha256,
        long files,
        long fileBytes) {
    static final int FORMAT = 1;
    static final String NAME = "backup.json";
    static final String DATABASE = "natter.db";
    static final String FILES = "files/";
}
