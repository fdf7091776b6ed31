package io.natter.chat.domain.message;

import io.natter.chat.domain.person.Person;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps messages. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore]. Every method fails with `room_unknown` if
/// the person is not a member of the room. Methods that change fail with `room_archived` in an
/// archived room, and those with a `seq` with `message_unknown`.
public interface MessageStore {

    /// Stores a message; the answer has its numbers. A cmid that this sender used before for the
    /// same text in the same room gets the answer of that time with `dup`, however late. The sender
    /// has then read up to its own message. Fails with `cmid_reused`.
    CompletableFuture<Posted> post(Draft draft);

    /// Replaces the text of one's own message. The same text again is answered with the present
    /// numbers. Fails with `not_yours`, `deleted`, or `conflict` ([EditConflictException]) when the
    /// text changed after [Edit#baseVer].
    CompletableFuture<Edit.Done> edit(Edit edit);

    /// Leaves a tombstone in the place of a message: one's own, or any in a room that one created.
    /// Completes with its `ver`. Fails with `not_yours`.
    CompletableFuture<Long> delete(Person person, String room, long seq);

    /// Sets or takes back a reaction; completes with the message's `ver`. Fails with `deleted` or
    /// `too_many_reactions`.
    CompletableFuture<Long> react(Person person, String room, long seq, Emoji emoji, boolean on);

    /// Pins a message or takes it down; completes with its `ver`. Fails with `deleted` or
    /// `too_many_pins`.
    CompletableFuture<Long> pin(Person person, String room, long seq, boolean on);

    /// A page of a room's messages.
    ///
    /// @param limit at most [Page#MAX]; more is cut to it
    Page history(Person person, String room, Window window, int limit);

    /// Changes after `since`.
    ///
    /// @param limit at most [Changes#MAX]; more is cut to it
    Changes changes(Person person, String room, long since, int limit);

    /// The pinned messages of a room, the last pinned first.
    List<Message> pins(Person person, String room);

    /// The texts that a message had and has, oldest first; none for a deleted one.
    List<Version> edits(Person person, String room, long seq);

    /// Messages of the person's rooms that match.
    ///
    /// @param limit at most [Search#MAX]; more is cut to it
    Found search(Person person, Search search, int limit);

    /// Messages of others that mention the person or the whole room.
    ///
    /// @param before only those older than this one; null to begin with the newest
    /// @param limit at most [Search#MAX]; more is cut to it
    Found mentions(Person person, @Nullable Position before, int limit);
}
