package io.natter.chat.domain.integration;

import io.natter.chat.domain.person.Person;
import org.jspecify.annotations.Nullable;

/// A person for whom a program speaks.
///
/// @param createdBy the name of the person who made it; empty for the operator
/// @param usedAt the last use of its token, to the hour; null for never
/// @param revoked whether it has no token any more
public record Bot(
        Person person, String createdBy, long createdAt, @Nullable Long usedAt, boolean revoked) {
    /// So many bots that are not revoked.
    public static final int MOST = 50;

    /// A bot whose token was just made.
    ///
    /// @param token told once and then forgotten
    public record Made(Bot bot, Secret token) {}
}
