package io.natter.chat.domain.integration;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Keeps bots. Threads and errors are those of [ChatStore][io.natter.chat.domain.store.ChatStore].
/// The person who asks needs the role of a moderator; without it a call fails with `forbidden`.
public interface BotStore {
    /// Makes a bot, a member of the general room. Fails with `name_taken` or `too_many_bots`.
    CompletableFuture<Bot.Made> create(Person by, PersonName name);

    /// Gives a bot another token. Its sockets are closed. Fails with `bot_unknown`.
    CompletableFuture<Bot.Made> renew(Person by, String bot);

    /// Takes the token of a bot away and closes its sockets. Fails with `bot_unknown`.
    CompletableFuture<Boolean> revoke(Person by, String bot);

    /// All bots, the newest first.
    List<Bot> bots(Person by);

    /// The bot of a token, as a session of its own; counts as use of the token.
    Optional<Session> open(Secret token);

    /// Members of a room of which the asking person is one, in the order of their ids.
    ///
    /// @param after the last id that the client has, or empty
    List<Profile> members(Person by, String room, String after, int limit);
}
