package io.natter.chat.domain.person;

import java.util.Locale;

/// The people who may join the place. Members stay in when it changes.
public enum Policy {
    /// Everybody, also under a name without an account.
    OPEN,
    /// Everybody who signs up for an account.
    ACCOUNTS,
    /// Those who sign up for an account with an invite.
    INVITE;

    /// The name in the database and on the wire.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The policy of this name.
    ///
    /// @throws IllegalArgumentException if there is no such policy
    public static Policy of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
