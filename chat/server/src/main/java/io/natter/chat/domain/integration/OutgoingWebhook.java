package io.natter.chat.domain.integration;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An address that is told of events of some rooms.
///
/// @param createdBy the name of the person who made it
/// @param waiting deliveries that are still to be made
/// @param dropped events that were never delivered
/// @param deliveredAt the last delivery that was taken; null for none
/// @param failingSince the first of the failures since then; null for none
/// @param error the last failure in a sentence, may be empty
/// @param disabled whether nothing is delivered any more
public record OutgoingWebhook(
        String id,
        String name,
        String url,
        Set<WebhookEvent.Type> events,
        List<Room> rooms,
        String createdBy,
        long createdAt,
        int waiting,
        long dropped,
        @Nullable Long deliveredAt,
        @Nullable Long failingSince,
        String error,
        boolean disabled) {
    public static final int MOST = 20;
    public static final int MAX_ROOMS = 20;
    public static final int MAX_URL = 500;

    /// So many deliveries of a webhook wait; further events are dropped and counted.
    public static final int MAX_WAITING = 1000;

    /// A room of a webhook.
    ///
    /// @param name empty for a room that the person who asks may not see
    public record Room(String id, String name) {}

    /// The wish for a webhook, checked.
    public record Wish(String name, String url, Set<WebhookEvent.Type> events, Set<String> rooms) {}

    /// A webhook that was just made.
    ///
    /// @param secret signs its deliveries; told once
    public record Made(OutgoingWebhook webhook, SigningSecret secret) {}
}
