package io.natter.chat.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Keeps everything that is said.
///
/// **The promise.** A write's future completes only after its COMMIT is on disk, so what was
/// answered survives a crash. Numbers (`seq`, `ver`) are given in the order of commits and without
/// gaps: a write that fails gives its number back. What is committed is then published, in that
/// same order, after the answer is set.
///
/// **Threads.** Every method may be called from any thread. The writing ones return at once; their
/// futures complete on the store's own writing thread, so what is chained to them must not block.
/// The reading ones block for a query: call them on a virtual thread.
///
/// **Errors.** Always a [ChatException], thrown by the reading methods and as the cause in the
/// futures: `storage` when the database cannot do it (disk full, locked, read-only), `busy` when
/// too many writes are waiting, or what a method names itself.
public interface ChatStore extends AutoCloseable {

    /// The random id of this database, renewed when a backup is restored.
    String epoch();

    /// Sets who is told of every message, in the order of commits, on the writing thread; it must
    /// not block. Set it before the first write; there is one listener.
    void onCommitted(Consumer<Message> listener);

    /// Opens a session for a guest of this name, who becomes a member of the general room. The name
    /// of a guest whose sessions are all over is free again. Fails with `name_taken`.
    CompletableFuture<SignedIn> signIn(PersonName name);

    /// The session that a token opens, if it is not over. Counts as use of it.
    Optional<Session> session(SessionToken token);

    /// Ends a session; completes with false when there was none.
    CompletableFuture<Boolean> signOut(SessionToken token);

    /// Stores a message; the answer has its numbers. A cmid that this sender used before in the
    /// same room gets the answer of that time with `dup`, however late. The sender has then read up
    /// to its own message. Fails with `room_unknown` or `cmid_reused`.
    CompletableFuture<Posted> post(Draft draft);

    /// Moves what a member has read up to `seq`, never back and never past the newest message;
    /// completes with where it stands then. Fails with `room_unknown`.
    CompletableFuture<Long> read(Person person, String room, long seq);

    /// The rooms somebody is a member of.
    List<Room> rooms(Person person);

    /// Everything somebody needs who comes or comes back.
    ///
    /// @param epoch the epoch the client knows, if any; another than ours makes every delta limited
    /// @param have by room id, the `ver` up to which the client has everything
    Snapshot snapshot(Person person, Optional<String> epoch, Map<String, Long> have);

    /// A page of a room's messages.
    ///
    /// @param limit at most [Page#MAX]; more is cut to it
    /// @throws ChatException also with `room_unknown`
    Page history(Person person, String room, Window window, int limit);

    /// Changes after `since`.
    ///
    /// @param limit at most [Changes#MAX]; more is cut to it
    /// @throws ChatException also with `room_unknown`
    Changes changes(Person person, String room, long since, int limit);

    /// Why the store cannot take writes at the moment; empty when it can, as far as is known.
    Optional<String> trouble();

    /// Takes no more writes, finishes those that wait, and closes. Idempotent.
    @Override
    void close();
}
