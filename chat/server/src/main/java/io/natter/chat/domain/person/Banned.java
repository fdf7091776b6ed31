package io.natter.chat.domain.person;

import org.jspecify.annotations.Nullable;

/// A person who may not come back. Times are milliseconds since 1970.
///
/// @param byName the moderator's name
/// @param endsAt null for a ban without an end
public record Banned(
        Person person, String reason, String byName, long bannedAt, @Nullable Long endsAt) {}
