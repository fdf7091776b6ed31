package io.natter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.cluster.MessageWriter;
import io.natter.protocol.MessagePack;
import io.natter.protocol.Payload;

/// A message for the servers that listen to a channel.
///
/// @param uid the sender
/// @param type as `ClusterAdapter` of Node.js numbers it
/// @param message the whole message, an object
record OutgoingMessage(String channel, String uid, int type, Payload message) {
    private static final int OBJECT_BYTES = 200;

    /// The bytes that it counts for while it waits.
    long heldBytes() {
        return message.heldBytes() + OBJECT_BYTES;
    }

    /// Whether the notification itself carries the message; otherwise it names a row of the table.
    boolean isInline(int threshold) {
        return message.attachments().isEmpty() && message.length() < threshold;
    }

    /// The message as the text of a notification.
    String text() {
        return new String(message.buffer(), message.from(), message.length(), UTF_8);
    }

    /// The message as a row of the attachment table.
    byte[] row() {
        return MessagePack.encode(message);
    }

    /// The notification before and after the id of the row.
    String[] header() {
        Payload head = new MessageWriter().text("uid", uid).number("type", type).build();
        String open = new String(head.buffer(), head.from(), head.length() - 1, UTF_8);
        return new String[] {open + ",\"attachmentId\":\"", "\"}"};
    }
}
