package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionStore;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.store.sql.People;
import io.natter.chat.store.sql.Sessions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// People and their sessions in the SQLite file.
final class SqliteSessions implements SessionStore {
    private final Transactions transactions;
    private final InstantSource clock;
    private final NotedUse uses;

    SqliteSessions(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.uses = new NotedUse(transactions, clock);
    }

    @Override
    public CompletableFuture<SignedIn> signIn(PersonName name, Client client) {
        return transactions.change("sign in", write -> People.signIn(write, name, client));
    }

    @Override
    public Optional<Session> session(SessionToken token) {
        return found(token).map(Sessions.Found::session);
    }

    private Optional<Sessions.Found> found(SessionToken token) {
        return uses.find(
                "session",
                (handle, now) -> Sessions.session(handle, token, now),
                (handle, found, now) -> Sessions.noteUse(handle, found.session(), now));
    }

    @Override
    public Optional<Session> open(SessionToken token) {
        Optional<Sessions.Found> found = found(token);
        if (found.isEmpty() || found.get().opened()) {
            return found.map(Sessions.Found::session);
        }
        // Once in a session's life; only what is noted is safe from being forgotten meanwhile.
        Session session = found.get().session();
        boolean there;
        try {
            there =
                    transactions
                            .write(
                                    "open",
                                    handle -> Sessions.noteOpened(handle, session, clock.millis()))
                            .join();
        } catch (CompletionException e) {
            throw ChatError.of(e).exception();
        }
        return there ? Optional.of(session) : Optional.empty();
    }

    @Override
    public CompletableFuture<Boolean> forgetUnused(Set<String> present) {
        return transactions.write(
                "forget",
                handle ->
                        People.forgetUnused(handle, present, clock.millis())
                                >= People.FORGOTTEN_AT_ONCE);
    }

    @Override
    public CompletableFuture<Boolean> signOut(SessionToken token) {
        return transactions.write("sign out", handle -> People.signOut(handle, token));
    }
}
