package io.natter.chat.domain.room;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A room somebody wants to create, checked.
///
/// @param name null for direct rooms and groups
/// @param people ids of the others who are members from the beginning: one for a direct room
public record NewRoom(RoomKind kind, @Nullable RoomName name, Topic topic, Set<String> people) {

    /// Checks what somebody sent.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_request`, `room_name_empty` or
    ///   `too_many_people`
    public static NewRoom of(
            RoomKind kind, @Nullable RoomName name, Topic topic, Set<String> people) {
        int most =
                switch (kind) {
                    case PUBLIC, PRIVATE -> Bounds.INVITED;
                    case DIRECT -> 1;
                    case GROUP -> Bounds.GROUP - 1;
                };
        if (people.size() > most) {
            throw ChatError.tooManyPeople(most).exception();
        }
        if (!kind.named() && people.isEmpty()) {
            throw ChatError.badRequest("The field people must name somebody else.").exception();
        }
        if (kind.named() && name == null) {
            throw ChatError.roomNameEmpty().exception();
        }
        return new NewRoom(kind, kind.named() ? name : null, topic, people);
    }
}
