package io.natter.chat.domain.integration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// An event for outgoing webhooks.
///
/// @param room the id of the room
/// @param json the body of its delivery
public record WebhookEvent(Type type, String room, String json) {

    /// The kinds of events.
    public enum Type {
        MESSAGE_SENT,
        MESSAGE_EDITED,
        MESSAGE_DELETED,
        MEMBER_JOINED;

        /// The name on the wire, such as `message.sent`.
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }

        public static Optional<Type> find(String id) {
            return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
        }
    }
}
