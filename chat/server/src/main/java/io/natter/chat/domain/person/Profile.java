package io.natter.chat.domain.person;

import org.jspecify.annotations.Nullable;

/// The facts about a person that others see besides name and colour.
///
/// @param account whether the person has a password
/// @param status a line of the person's own, may be empty
/// @param mutedUntil milliseconds since 1970; null or past for a person who may write
public record Profile(
        Person person, Role role, boolean account, String status, @Nullable Long mutedUntil) {}
