package io.natter.chat.domain.store;

import io.natter.chat.domain.admin.Retention;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.person.Place;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.personal.SavedMessage;
import io.natter.chat.domain.personal.ScheduledMessage;
import io.natter.chat.domain.room.Level;
import io.natter.chat.domain.room.ReadState;
import io.natter.chat.domain.room.RoomHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A committed change, as it is published. A change for all members of a room has a number of that
/// room. A change for one person has a number of that person. A change of the place and its people
/// has no number; `hello` and `members` send it again.
public sealed interface Change {

    /// A message was sent or changed.
    ///
    /// @param message in its newest form; its `ver` is the number of the change
    record OfMessage(Action action, Message message) implements Change {}

    /// The kinds of changes of a message.
    enum Action {
        SENT,
        EDITED,
        DELETED,
        REACTED,
        PINNED
    }

    /// Something that concerns one person alone.
    sealed interface OfPerson extends Change {
        /// The id of the person.
        String person();

        /// The number of the change among those of this person, without gaps.
        long ver();

        /// The id of the room that it is about.
        String room();
    }

    /// A room is new to the person, or looks different.
    ///
    /// @param entered whether the person gets the room's messages from now on
    record RoomChanged(String person, long ver, RoomHead head, boolean entered)
            implements OfPerson {
        @Override
        public String room() {
            return head.id();
        }
    }

    /// The person does not get the room's messages any more.
    record RoomLeft(String person, long ver, String room) implements OfPerson {}

    /// The person has read further or less far, or the number of mentions changed.
    record ReadMoved(String person, long ver, String room, ReadState state) implements OfPerson {}

    /// The person chose another notification level.
    record LevelSet(String person, long ver, String room, Level level) implements OfPerson {}

    /// The person saved a message or removed it from the list, or its reminder changed.
    ///
    /// @param saved as it is now; null when it is not in the list any more
    /// @param reminds whether the time of the reminder has just come
    record SavedChanged(
            String person,
            long ver,
            String room,
            long seq,
            @Nullable SavedMessage saved,
            boolean reminds)
            implements OfPerson {}

    /// A message was scheduled, changed, sent or cancelled, or could not be sent.
    ///
    /// @param scheduled as it is now; null when it does not wait any more
    record ScheduledChanged(
            String person, long ver, String room, String cmid, @Nullable ScheduledMessage scheduled)
            implements OfPerson {}

    /// The messages of a room are kept for another time, or old ones were removed.
    record RetentionChanged(Retention retention) implements Change {}

    /// A person has another name, picture, status or role, or was muted.
    record ProfileChanged(Profile profile) implements Change {}

    /// It was decided anew who may join.
    record PlaceChanged(Place place) implements Change {}

    /// Sessions of a person have ended; their sockets are closed.
    ///
    /// @param sessions ids, as in [io.natter.chat.domain.person.Session]
    /// @param detail as the reason that a moderator gave, may be empty
    record SessionsEnded(String person, List<String> sessions, End end, String detail)
            implements Change {}

    /// Why sessions ended.
    enum End {
        /// The same browser has another session now.
        REPLACED,
        REVOKED,
        KICKED,
        BANNED
    }
}
