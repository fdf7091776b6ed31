package io.natter.chat.store;

/// The space on the disk of the data folder, in bytes.
///
/// @param database the database with its log
/// @param free that may still be written; a very large number if that is unknown
public record DiskSpace(long database, long free) {}
