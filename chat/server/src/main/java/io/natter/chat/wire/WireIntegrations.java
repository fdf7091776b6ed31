package io.natter.chat.wire;

import io.natter.chat.domain.integration.Bot;
import io.natter.chat.domain.integration.IncomingWebhook;
import io.natter.chat.domain.integration.OutgoingWebhook;
import io.natter.chat.domain.integration.WebhookEvent;
import io.natter.chat.domain.person.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bots and webhooks as moderators and owners see them, over HTTP.
public final class WireIntegrations {
    private WireIntegrations() {}

    // ---- requests

    public record NewBot(@Nullable String name) {}

    public record NewIncoming(@Nullable String room, @Nullable String name) {}

    public record NewOutgoing(
            @Nullable String name,
            @Nullable String url,
            @Nullable List<@Nullable String> events,
            @Nullable List<@Nullable String> rooms) {}

    // ---- answers

    public record BotOut(
            Person person,
            String createdBy,
            long createdAt,
            @Nullable Long usedAt,
            @Nullable Boolean revoked) {}

    public record Bots(List<BotOut> bots) {}

    public record MadeBot(BotOut bot, String token) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "MadeBot[" + bot + "]";
        }
    }

    /// A room of a webhook.
    ///
    /// @param name absent for a room that the person who asks may not see
    public record RoomRef(String id, @Nullable String name) {}

    public record IncomingOut(
            Person person, RoomRef room, String createdBy, long createdAt, @Nullable Long usedAt) {}

    /// A new incoming webhook.
    ///
    /// @param path of the address to post to, which holds the secret
    public record MadeIncoming(IncomingOut webhook, String path) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "MadeIncoming[" + webhook + "]";
        }
    }

    public record OutgoingOut(
            String id,
            String name,
            String url,
            List<String> events,
            List<RoomRef> rooms,
            String createdBy,
            long createdAt,
            int waiting,
            long dropped,
            @Nullable Long deliveredAt,
            @Nullable Long failingSince,
            @Nullable String error,
            @Nullable Boolean disabled) {}

    public record MadeOutgoing(OutgoingOut webhook, String secret) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "MadeOutgoing[" + webhook + "]";
        }
    }

    /// All webhooks.
    ///
    /// @param outgoing for owners only
    public record Webhooks(List<IncomingOut> incoming, @Nullable List<OutgoingOut> outgoing) {}

    public static BotOut bot(Bot bot) {
        return new BotOut(
                bot.person(),
                bot.createdBy(),
                bot.createdAt(),
                bot.usedAt(),
                WireMessages.orAbsent(bot.revoked()));
    }

    public static MadeBot made(Bot.Made made) {
        return new MadeBot(bot(made.bot()), made.token().text());
    }

    public static IncomingOut incoming(IncomingWebhook webhook) {
        return new IncomingOut(
                webhook.person(),
                room(webhook.room(), webhook.roomName()),
                webhook.createdBy(),
                webhook.createdAt(),
                webhook.usedAt());
    }

    private static RoomRef room(String id, String name) {
        return new RoomRef(id, name.isEmpty() ? null : name);
    }

    public static MadeIncoming made(IncomingWebhook.Made made) {
        return new MadeIncoming(incoming(made.webhook()), "/hooks/" + made.secret().text());
    }

    public static OutgoingOut outgoing(OutgoingWebhook webhook) {
        return new OutgoingOut(
                webhook.id(),
                webhook.name(),
                webhook.url(),
                webhook.events().stream().map(WebhookEvent.Type::id).sorted().toList(),
                webhook.rooms().stream().map(each -> room(each.id(), each.name())).toList(),
                webhook.createdBy(),
                webhook.createdAt(),
                webhook.waiting(),
                webhook.dropped(),
                webhook.deliveredAt(),
                webhook.failingSince(),
                webhook.error().isEmpty() ? null : webhook.error(),
                WireMessages.orAbsent(webhook.disabled()));
    }

    public static MadeOutgoing made(OutgoingWebhook.Made made) {
        return new MadeOutgoing(outgoing(made.webhook()), made.secret().text());
    }
}
