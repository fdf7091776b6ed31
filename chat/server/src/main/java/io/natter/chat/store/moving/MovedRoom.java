package io.natter.chat.store.moving;

import io.natter.chat.domain.room.RoomKind;
import java.util.List;

/// A room of another chat.
///
/// @param key unique among the rooms of that chat
/// @param name empty for direct rooms and groups
/// @param main whether everybody is in it, as in the general room
/// @param createdAt milliseconds since 1970
/// @param members keys of people
public record MovedRoom(
        String key,
        RoomKind kind,
        String name,
        String topic,
        boolean main,
        boolean archived,
        long createdAt,
        List<String> members) {}
