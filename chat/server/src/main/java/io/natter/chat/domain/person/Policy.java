package io.natter.chat.domain.person;

import java.util.Locale;

/// Who may join the place. Those who are in stay in, whatever it becomes.
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
