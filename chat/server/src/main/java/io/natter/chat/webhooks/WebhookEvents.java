package io.natter.chat.webhooks;

import io.natter.chat.domain.integration.WebhookEvent;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.store.Change;
import io.natter.chat.wire.WireJson;
import io.natter.chat.wire.WireRest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Makes the events of outgoing webhooks.
public final class WebhookEvents {
    private WebhookEvents() {}

    /// As [io.natter.chat.domain.store.EventFormat] has it. Reactions and pins make no events.
    public static Optional<WebhookEvent> of(
            Change change, long now, Function<String, Person> people) {
        return switch (change) {
            case Change.OfMessage message ->
                    type(message.action())
                            .map(
                                    type ->
                                            event(
                                                    type,
                                                    message.message().room(),
                                                    now,
                                                    WireRest.message(message)));
            case Change.RoomChanged room when room.entered() && room.head().kind().named() ->
                    Optional.of(
                            event(
                                    WebhookEvent.Type.MEMBER_JOINED,
                                    room.room(),
                                    now,
                                    new WireRest.MemberData(
                                            room.room(), people.apply(room.person()))));
            default -> Optional.empty();
        };
    }

    private static Optional<WebhookEvent.Type> type(Change.Action action) {
        return switch (action) {
            case SENT -> Optional.of(WebhookEvent.Type.MESSAGE_SENT);
            case EDITED -> Optional.of(WebhookEvent.Type.MESSAGE_EDITED);
            case DELETED -> Optional.of(WebhookEvent.Type.MESSAGE_DELETED);
            case REACTED, PINNED -> Optional.empty();
        };
    }

    private static WebhookEvent event(WebhookEvent.Type type, String room, long now, Object data) {
        String json =
                WireJson.JSON.writeValueAsString(
                        new WireRest.Event(type.id(), Instant.ofEpochMilli(now).toString(), data));
        return new WebhookEvent(type, room, json);
    }
}
