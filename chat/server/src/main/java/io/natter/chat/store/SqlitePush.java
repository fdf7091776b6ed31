package io.natter.chat.store;

import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.push.PushReminder;
import io.natter.chat.domain.push.PushStore;
import io.natter.chat.domain.push.PushSubscription;
import io.natter.chat.domain.push.PushTarget;
import io.natter.chat.store.sql.personal.Pushes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Push subscriptions in the SQLite file.
final class SqlitePush implements PushStore {
    private final Transactions transactions;
    private final InstantSource clock;

    /// Written on the writing thread. True too often at most, which costs queries.
    private volatile boolean any = true;

    SqlitePush(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String keys(String fresh) {
        return transactions
                .write(
                        "push keys",
                        handle -> {
                            any = Pushes.any(handle);
                            return Pushes.keys(handle, fresh);
                        })
                .join();
    }

    @Override
    public boolean any() {
        return any;
    }

    @Override
    public CompletableFuture<Boolean> subscribe(Session session, PushSubscription subscription) {
        return transactions.write(
                "subscribe",
                handle -> {
                    any = true;
                    return Pushes.subscribe(handle, session, subscription, clock.millis());
                });
    }

    @Override
    public CompletableFuture<Boolean> unsubscribe(Session session) {
        return transactions.write("unsubscribe", handle -> Pushes.unsubscribe(handle, session));
    }

    @Override
    public CompletableFuture<Boolean> forget(String endpoint) {
        return transactions.write("forget push", handle -> Pushes.forget(handle, endpoint));
    }

    @Override
    public Optional<PushSubscription> of(Session session) {
        return transactions.read("push", handle -> Pushes.of(handle, session));
    }

    @Override
    public Optional<PushReminder> reminder(String person, String room, long seq) {
        return transactions.read(
                "push reminder",
                handle -> Pushes.reminder(handle, person, room, seq, clock.millis()));
    }

    @Override
    public List<PushTarget> targets(Message message, Predicate<String> here) {
        return transactions.read(
                "push targets", handle -> Pushes.targets(handle, message, here, clock.millis()));
    }
}
