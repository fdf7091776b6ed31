package io.natter.chat.domain.integration;

import io.natter.chat.domain.person.Person;
import org.jspecify.annotations.Nullable;

/// An address at which a program writes into one room.
///
/// @param person the sender of its messages
/// @param room the id of the room
/// @param roomName empty for a room that the person who asks may not see
/// @param createdBy the name of the person who made it
/// @param usedAt the last use, to the hour; null for never
public record IncomingWebhook(
        Person person,
        String room,
        String roomName,
        String createdBy,
        long createdAt,
        @Nullable Long usedAt) {
    public static final int MOST = 100;

    /// A webhook whose secret was just made.
    ///
    /// @param secret told once and then forgotten
    public record Made(IncomingWebhook webhook, Secret secret) {}
}
