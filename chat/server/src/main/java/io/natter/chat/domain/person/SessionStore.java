package io.natter.chat.domain.person;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Keeps people and their sessions. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore].
public interface SessionStore {

    /// Opens a session for a guest of this name, who becomes a member of the general room. The name
    /// of a guest whose sessions are all over, or who opened no socket for
    /// [Session#NAME_HELD_UNOPENED], is free again. Fails with `name_taken`.
    ///
    /// @param device asking again with the same one, before a socket was opened, gives a session of
    ///   the same person
    default CompletableFuture<SignedIn> signIn(PersonName name, Optional<DeviceId> device) {
        return signIn(name, Client.of(device));
    }

    /// As above, for a browser of which more is known. Fails also with `guests_refused` where
    /// guests may not join, and with `banned`.
    CompletableFuture<SignedIn> signIn(PersonName name, Client client);

    /// The session that a token opens, if it is not over. Counts as use of it.
    Optional<Session> session(SessionToken token);

    /// As [#session], for a socket that is being opened, which is noted.
    Optional<Session> open(SessionToken token);

    /// Ends a session; completes with false when there was none.
    CompletableFuture<Boolean> signOut(SessionToken token);

    /// Forgets sessions that are over and people who can neither come back nor left a trace, a
    /// bounded number at a time; completes with whether there may be more.
    ///
    /// @param present ids of people who are here, who stay
    CompletableFuture<Boolean> forgetUnused(Set<String> present);
}
