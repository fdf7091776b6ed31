package io.natter.chat.domain.message;

import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.person.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message in its newest form.
///
/// @param seq its number in its room, from 1, without gaps, fixed
/// @param ver the number of the last change to it among all changes in its room
/// @param ts when it was stored, milliseconds since 1970 by the server's clock; shown, never used
///   for order
/// @param text empty when deleted; a mention stands in it as `<@PERSONID>` or `<@room>`
/// @param editedAt when the text last changed; null for never
/// @param replyTo the message that it replies to; null for none
/// @param files in the order of the sender; none when deleted
/// @param mentions the people whom the text mentions
public record Message(
        String room,
        long seq,
        long ver,
        long ts,
        String cmid,
        Person sender,
        String text,
        @Nullable Long editedAt,
        boolean deleted,
        @Nullable Quote replyTo,
        List<Person> mentions,
        List<Reaction> reactions,
        boolean pinned,
        List<MessageFile> files) {}
