package io.natter.chat.store;

import io.natter.chat.domain.integration.Bot;
import io.natter.chat.domain.integration.BotStore;
import io.natter.chat.domain.integration.Secret;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Session;
import io.natter.chat.store.sql.integration.Bots;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Bots in the SQLite file.
final class SqliteBots implements BotStore {
    private final Transactions transactions;
    private final NotedUse uses;

    SqliteBots(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.uses = new NotedUse(transactions, clock);
    }

    @Override
    public CompletableFuture<Bot.Made> create(Person by, PersonName name) {
        return transactions.change("bot", write -> Bots.create(write, by, name));
    }

    @Override
    public CompletableFuture<Bot.Made> renew(Person by, String bot) {
        return transactions.change("renew bot", write -> Bots.renew(write, by, bot));
    }

    @Override
    public CompletableFuture<Boolean> revoke(Person by, String bot) {
        return transactions.change("revoke bot", write -> Bots.revoke(write, by, bot));
    }

    @Override
    public List<Bot> bots(Person by) {
        return transactions.read("bots", handle -> Bots.list(handle, by));
    }

    @Override
    public Optional<Session> open(Secret token) {
        return uses.find(
                "bot",
                (handle, now) -> Bots.open(handle, token, now),
                (handle, session, now) -> Bots.noteUse(handle, session.person(), now));
    }

    @Override
    public List<Profile> members(Person by, String room, String after, int limit) {
        return transactions.read("members", handle -> Bots.members(handle, by, room, after, limit));
    }
}
