package io.natter.chat.domain.room;

import io.natter.chat.domain.person.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps rooms and their members. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore]. Unless they say otherwise, methods fail with
/// `room_unknown` if the person is not a member of the room. Methods that change fail with
/// `room_archived` in an archived room.
public interface RoomStore {

    /// Ids of the rooms of which somebody is told everything.
    List<String> joined(Person person);

    /// Everything somebody needs who comes or comes back.
    ///
    /// @param epoch the epoch the client knows, if any; another than ours makes every delta limited
    /// @param have by room id, the `ver` up to which the client has everything; the deltas are of
    ///   these rooms only
    Snapshot snapshot(Person person, Optional<String> epoch, Map<String, Long> have);

    /// Creates a room, or finds the direct room that these two people have. Fails with
    /// `room_taken`, `person_unknown` or `too_many_rooms`.
    CompletableFuture<CreatedRoom> create(Person person, NewRoom room);

    /// Changes what is not null. Fails with `not_yours`, `not_allowed` or `room_taken`.
    CompletableFuture<Boolean> set(
            Person person, String room, @Nullable RoomName name, @Nullable Topic topic);

    /// Archives a room or opens it again. Fails with `not_yours` or `not_allowed`.
    CompletableFuture<Boolean> archive(Person person, String room, boolean on);

    /// Makes the person a member of a public room; idempotent. Fails with `too_many_rooms`.
    ///
    /// @param idOrSlug a room that is not public is unknown, but to its members
    CompletableFuture<RoomHead> join(Person person, String idOrSlug);

    /// Ends a membership; a direct room is hidden until its next message. Archived rooms too. Fails
    /// with `not_allowed` for the general room.
    CompletableFuture<Boolean> leave(Person person, String room);

    /// Makes others members; those who are already are left alone. Fails with `not_allowed`,
    /// `person_unknown`, `too_many_people` or `too_many_rooms`.
    CompletableFuture<Boolean> invite(Person person, String room, Set<String> people);

    /// Moves what a member has read up to `seq`, never back and never past the newest message;
    /// completes with where it stands then. Archived rooms too.
    CompletableFuture<Long> read(Person person, String room, long seq);

    /// Makes message `seq` and all newer ones unread; completes with what is read then. Archived
    /// rooms too.
    CompletableFuture<Long> unread(Person person, String room, long seq);

    /// Sets what the person is notified of. Archived rooms too.
    CompletableFuture<Boolean> level(Person person, String room, Level level);

    /// Public rooms whose names contain `query`, by name.
    ///
    /// @param limit at most [PublicRoom#MAX]; more is cut to it
    List<PublicRoom> find(Person person, String query, int limit);

    /// Members of a room whose names contain `query`.
    ///
    /// @param online ids of the people who are online
    /// @param limit at most [MemberList#MAX]; more is cut to it
    MemberList members(Person person, String room, String query, Set<String> online, int limit);

    /// People whose names contain `query`, who is online first.
    ///
    /// @param online ids of the people who are online
    /// @param limit at most [MemberList#MAX_FOUND]; more is cut to it
    List<Person> people(String query, Set<String> online, int limit);
}
