package io.natter.chat.domain.room;

import io.natter.chat.domain.person.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A room as one member sees it.
///
/// @param slug its name in addresses; null for direct rooms and groups
/// @param name empty for direct rooms, and for groups that got none
/// @param topic may be empty
/// @param lastSeq number of the newest message, 0 for none
/// @param lastVer number of the newest change, 0 for none
/// @param readSeq the newest message that this member has read
/// @param mentions unread messages that mention this member; every unread one in direct rooms and
///   groups
/// @param people the others, in direct rooms and groups; empty elsewhere
/// @param mine whether this member created the room
/// @param slowMs how long people below moderator wait between two messages; 0 for no wait
public record RoomHead(
        String id,
        RoomKind kind,
        @Nullable String slug,
        String name,
        String topic,
        long lastSeq,
        long lastVer,
        long readSeq,
        long mentions,
        Level level,
        List<Person> people,
        boolean archived,
        boolean mine,
        long slowMs) {
    /// The id of the room that everybody is a member of.
    public static final String GENERAL = "general";

    /// Messages are numbered without gaps, so this is a subtraction.
    public long unread() {
        return lastSeq - readSeq;
    }
}
