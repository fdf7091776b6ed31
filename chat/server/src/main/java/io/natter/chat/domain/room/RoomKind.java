package io.natter.chat.domain.room;

import java.util.Locale;

/// The kinds of rooms. Everybody may find and join a public room; members bring others into a
/// private one. A direct room belongs to two people, a group to a few, and neither has an address.
public enum RoomKind {
    PUBLIC,
    PRIVATE,
    DIRECT,
    GROUP;

    /// The name on the wire and in the database.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind with this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static RoomKind of(String id) {
        for (RoomKind kind : values()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of room: " + id);
    }

    /// Whether it has a name that is unique, and an address.
    public boolean named() {
        return this == PUBLIC || this == PRIVATE;
    }
}
