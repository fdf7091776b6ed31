package io.natter.chat.domain.person;

import java.util.Locale;

/// The rights of a person in the whole place. Each role has the rights of those before it.
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
