package io.natter.chat.domain.integration;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Keeps webhooks and the deliveries that wait. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore].
public interface WebhookStore {

    // ---- incoming, for moderators who are members of the room

    /// Fails with `name_taken`, `room_unknown`, `not_allowed` or `too_many_webhooks`.
    CompletableFuture<IncomingWebhook.Made> createIncoming(Person by, String room, PersonName name);

    /// Takes its secret away.
    ///
    /// @param id of the webhook's person
    CompletableFuture<Boolean> revokeIncoming(Person by, String id);

    List<IncomingWebhook> incoming(Person by);

    /// The webhook of a secret; counts as use of it.
    Optional<IncomingWebhook> find(Secret secret);

    // ---- outgoing, for owners who are members of the rooms

    /// Fails with `room_unknown`, `not_allowed` or `too_many_webhooks`.
    CompletableFuture<OutgoingWebhook.Made> createOutgoing(Person by, OutgoingWebhook.Wish wish);

    /// Removes a webhook and what waits for it. Fails with `webhook_unknown`.
    CompletableFuture<Boolean> revokeOutgoing(Person by, String id);

    /// Delivers again to a webhook that was disabled. Fails with `webhook_unknown`.
    CompletableFuture<Boolean> enable(Person by, String id);

    List<OutgoingWebhook> outgoing(Person by);

    // ---- deliveries

    /// Whether there are webhooks that are told of anything. Blocks never.
    boolean hasOutgoing();

    /// The webhooks for which something may be delivered now.
    List<String> due();

    /// The next delivery of a webhook, unless it must wait.
    Optional<Delivery> next(String webhook);

    /// The receiver took it.
    CompletableFuture<Boolean> delivered(Delivery delivery);

    /// The receiver did not take it.
    ///
    /// @param error a sentence for the owner
    /// @param gone whether the receiver wants no more, so the webhook is disabled at once
    CompletableFuture<Boolean> failed(Delivery delivery, String error, boolean gone);
}
