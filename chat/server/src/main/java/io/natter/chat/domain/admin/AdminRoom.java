package io.natter.chat.domain.admin;

import org.jspecify.annotations.Nullable;

/// A public or private room in the list of all rooms.
///
/// @param messages that are stored, tombstones among them
/// @param fileBytes of the files of these messages
/// @param retentionDays null for ever
public record AdminRoom(
        String id,
        String kind,
        String name,
        long members,
        long messages,
        long fileBytes,
        boolean archived,
        @Nullable Integer retentionDays) {
    /// The most in one list.
    public static final int MAX = 500;
}
