package io.natter.chat.store.moving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of another chat.
///
/// @param key unique among the messages of that chat
/// @param room the key of a room
/// @param sender the key of a person
/// @param sentAt milliseconds since 1970
/// @param editedAt null for a message that was not edited
/// @param replyTo the key of an earlier message in the same room, null for none
public record MovedMessage(
        String key,
        String room,
        String sender,
        long sentAt,
        String text,
        @Nullable Long editedAt,
        @Nullable String replyTo,
        List<MovedReaction> reactions,
        List<MovedFile> files) {}
