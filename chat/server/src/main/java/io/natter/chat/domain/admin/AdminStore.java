package io.natter.chat.domain.admin;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The views and decisions about the whole place. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore]. Every method that takes a person checks the
/// role in the transaction that acts, and fails with `forbidden`. Owners only, where nothing else
/// is said.
public interface AdminStore {
    /// All people by name. Moderators.
    ///
    /// @param query a part of the name; empty for all
    /// @param role null for all
    /// @param skip so many are left out, for the next page
    List<AdminPerson> people(Person by, String query, @Nullable Role role, int skip, int limit);

    /// All public and private rooms by name.
    List<AdminRoom> rooms(Person by);

    /// The sessions that were used last.
    ///
    /// @param person an id, or null for all people
    List<AdminSession> sessions(Person by, @Nullable String person);

    /// Ends a session.
    CompletableFuture<Boolean> endSession(Person by, String session);

    /// The numbers of the whole place.
    PlaceTotals totals(Person by);

    /// Closes a room for new messages, or opens it again.
    CompletableFuture<Boolean> archive(Person by, String room, boolean on);

    /// Removes a person: account, sessions, memberships, reactions, and the name. Takes many short
    /// writes and blocks until the last one is on disk.
    ///
    /// @param withMessages whether tombstones take the place of the messages, else they stay
    ///   without a name
    /// @return the number of messages that were removed
    long deletePerson(Person by, String person, boolean withMessages);

    /// Sets how long the messages of a room are kept.
    ///
    /// @param days null for ever
    CompletableFuture<Boolean> retain(Person by, String room, @Nullable Integer days);

    /// The rooms of a person with a retention, or with messages that were removed by one.
    List<Retention> retentions(Person person);

    /// Removes the messages that are older than the retention of their rooms. Takes many short
    /// writes and blocks until the last one is on disk.
    ///
    /// @return the number of messages that were removed
    long removeOld();
}
