package io.natter.chat.domain.room;

import java.util.Locale;

/// Which messages of a room a member wants to be notified of.
public enum Level {
    ALL,
    MENTIONS,
    NONE;

    /// The name on the wire and in the database.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The level with this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Level of(String id) {
        for (Level level : values()) {
            if (level.id().equals(id)) {
                return level;
            }
        }
        throw new IllegalArgumentException("no level: " + id);
    }
}
