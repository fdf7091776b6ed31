package io.natter.chat.domain.person;

import org.jspecify.annotations.Nullable;

/// The facts about a person that others see besides name, colour and picture.
///
/// @param account whether the person has a password
/// @param status a line of the person's own, may be empty
/// @param mutedUntil milliseconds since 1970; null or past for a person who may write
/// @param zone the id of the time zone that the person shows; empty for none
public record Profile(
        Person person,
        Role role,
        boolean account,
        String status,
        @Nullable Long mutedUntil,
        String zone) {}
