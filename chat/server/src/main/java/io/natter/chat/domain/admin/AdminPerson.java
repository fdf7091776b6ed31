package io.natter.chat.domain.admin;

import io.natter.chat.domain.person.Profile;
import org.jspecify.annotations.Nullable;

/// A person in the list of all people.
///
/// @param joinedAt milliseconds since 1970
/// @param seenAt the last use of a session, milliseconds since 1970; null without one
/// @param sessions that are valid
public record AdminPerson(
        Profile profile, long joinedAt, @Nullable Long seenAt, long sessions, boolean banned) {
    /// The most in one page.
    public static final int PAGE = 100;
}
