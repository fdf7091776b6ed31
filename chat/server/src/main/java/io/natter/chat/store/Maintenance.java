package io.natter.chat.store;

import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.integration.Bot;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.store.sql.Console;
import io.natter.chat.store.sql.Write;
import io.natter.chat.store.sql.integration.Bots;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// The changes that an operator makes at the console while no chat runs on the data folder. Each
/// method returns when its change is on disk, and throws a [ChatException] if it is refused.
public final class Maintenance implements AutoCloseable {
    private final SqliteStore store;
    private final InstantSource clock;

    private Maintenance(SqliteStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Takes the data folder.
    ///
    /// @throws StoreUnavailableException if a chat runs on it, or it cannot be used
    public static Maintenance open(Path data, InstantSource clock)
            throws StoreUnavailableException {
        return new Maintenance(SqliteStore.open(data, clock), clock);
    }

    /// Sets a password, and makes the account if the person has none.
    ///
    /// @param person a name or an id
    public Person setPassword(String person, String hash) {
        return run("set password", write -> Console.setPassword(write, person, hash));
    }

    /// Gives a person with an account the role of an owner.
    ///
    /// @param person a name or an id
    public Person makeOwner(String person) {
        return run("make owner", write -> Console.makeOwner(write, person));
    }

    /// Removes a person's name, account, sessions, memberships and reactions, also from the free
    /// pages of the file.
    ///
    /// @param person a name or an id
    /// @param withMessages whether tombstones replace the messages
    /// @return the number of messages that were removed
    public long deletePerson(String person, boolean withMessages) {
        long removed = run("delete person", write -> Console.delete(write, person, withMessages));
        run(
                "optimize",
                write ->
                        write.handle()
                                .execute(
                                        "INSERT INTO message_text (message_text) VALUES ('optimize')"));
        store.vacuum();
        return removed;
    }

    /// Makes a bot.
    public Bot.Made createBot(PersonName name) {
        return run("bot", write -> Bots.create(write, null, name));
    }

    /// Gives a bot another token.
    ///
    /// @param bot a name or an id
    public Bot.Made renewBot(String bot) {
        return run("renew bot", write -> Bots.renew(write, null, Bots.find(write.handle(), bot)));
    }

    /// Takes the token of a bot away.
    ///
    /// @param bot a name or an id
    public void revokeBot(String bot) {
        run("revoke bot", write -> Bots.revoke(write, null, Bots.find(write.handle(), bot)));
    }

    /// Closes a room for new messages, or opens it again.
    ///
    /// @param room a slug or an id
    public void archiveRoom(String room, boolean on) {
        run("archive", write -> Console.archive(write, room, on));
    }

    /// Any other change.
    ///
    /// @param name of the write in the log
    /// @param work runs on the writing thread, perhaps a second time after its first was rolled
    ///   back
    public <T> T run(String name, Function<Write, T> work) {
        try {
            return store.write(name, handle -> work.apply(new Write(handle, clock.millis())))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChatException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /// The files, with the limits and checks of the running chat.
    public FileStore files() {
        return store.files();
    }

    @Override
    public void close() {
        store.close();
    }
}
