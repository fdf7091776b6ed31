package io.natter.chat.domain.person;

import java.util.Locale;

/// What somebody may do in the whole place. Each role may do what those before it may.
public enum Role {
    /// A name without an account.
    GUEST,
    /// An account.
    MEMBER,
    /// Kicks, bans and mutes those below, deletes messages, sets slow mode, invites.
    MODERATOR,
    /// Gives roles, and decides on who may join.
    OWNER;

    /// The name in the database and on the wire.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The role of this name.
    ///
    /// @throws IllegalArgumentException if there is no such role
    public static Role of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    public boolean atLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
