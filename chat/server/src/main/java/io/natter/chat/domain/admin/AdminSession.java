package io.natter.chat.domain.admin;

import io.natter.chat.domain.person.Person;
import org.jspecify.annotations.Nullable;

/// A session in the list of all sessions.
///
/// @param id no secret: the hash of the token
/// @param label the browser
/// @param createdAt milliseconds since 1970
/// @param usedAt milliseconds since 1970
public record AdminSession(
        String id,
        Person person,
        String label,
        @Nullable String address,
        long createdAt,
        long usedAt) {
    /// The most in one list.
    public static final int MAX = 200;
}
