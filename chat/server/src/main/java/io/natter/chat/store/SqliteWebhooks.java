package io.natter.chat.store;

import io.natter.chat.domain.integration.Delivery;
import io.natter.chat.domain.integration.IncomingWebhook;
import io.natter.chat.domain.integration.OutgoingWebhook;
import io.natter.chat.domain.integration.Secret;
import io.natter.chat.domain.integration.WebhookStore;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.store.sql.Write;
import io.natter.chat.store.sql.integration.Bots;
import io.natter.chat.store.sql.integration.Deliveries;
import io.natter.chat.store.sql.integration.EventOutbox;
import io.natter.chat.store.sql.integration.IncomingWebhooks;
import io.natter.chat.store.sql.integration.OutgoingWebhooks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Webhooks in the SQLite file.
final class SqliteWebhooks implements WebhookStore {
    private final Transactions transactions;
    private final InstantSource clock;
    private final NotedUse uses;
    private final EventOutbox outbox;

    SqliteWebhooks(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.uses = new NotedUse(transactions, clock);
        this.outbox = transactions.outbox();
        transactions.attempt("webhooks", outbox::reload);
    }

    @Override
    public CompletableFuture<IncomingWebhook.Made> createIncoming(
            Person by, String room, PersonName name) {
        return transactions.change(
                "webhook", write -> IncomingWebhooks.create(write, by, room, name));
    }

    @Override
    public CompletableFuture<Boolean> revokeIncoming(Person by, String id) {
        return transactions.change(
                "revoke webhook", write -> IncomingWebhooks.revoke(write, by, id));
    }

    @Override
    public List<IncomingWebhook> incoming(Person by) {
        return transactions.read("webhooks", handle -> IncomingWebhooks.list(handle, by));
    }

    @Override
    public Optional<IncomingWebhook> find(Secret secret) {
        return uses.find(
                "webhook",
                (handle, now) -> IncomingWebhooks.find(handle, secret, now),
                (handle, webhook, now) -> Bots.noteUse(handle, webhook.person(), now));
    }

    @Override
    public CompletableFuture<OutgoingWebhook.Made> createOutgoing(
            Person by, OutgoingWebhook.Wish wish) {
        return changeOutgoing("webhook", write -> OutgoingWebhooks.create(write, by, wish));
    }

    @Override
    public CompletableFuture<Boolean> revokeOutgoing(Person by, String id) {
        return changeOutgoing("revoke webhook", write -> OutgoingWebhooks.revoke(write, by, id));
    }

    @Override
    public CompletableFuture<Boolean> enable(Person by, String id) {
        return changeOutgoing("enable webhook", write -> OutgoingWebhooks.enable(write, by, id));
    }

    /// A change after which other rooms may have webhooks.
    private <T> CompletableFuture<T> changeOutgoing(String name, Function<Write, T> work) {
        return transactions
                .change(
                        name,
                        write -> {
                            T value = work.apply(write);
                            outbox.reload(write.handle());
                            return value;
                        })
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                // Rolled back: what was read then does not hold.
                                transactions.attempt("webhooks", outbox::reload);
                            }
                        });
    }

    @Override
    public List<OutgoingWebhook> outgoing(Person by) {
        return transactions.read("webhooks", handle -> OutgoingWebhooks.list(handle, by));
    }

    @Override
    public boolean hasOutgoing() {
        return outbox.any();
    }

    @Override
    public List<String> due() {
        return transactions.read("due", handle -> Deliveries.due(handle, clock.millis()));
    }

    @Override
    public Optional<Delivery> next(String webhook) {
        return transactions.read(
                "delivery", handle -> Deliveries.next(handle, webhook, clock.millis()));
    }

    @Override
    public CompletableFuture<Boolean> delivered(Delivery delivery) {
        return transactions.change("delivered", write -> Deliveries.delivered(write, delivery));
    }

    @Override
    public CompletableFuture<Boolean> failed(Delivery delivery, String error, boolean gone) {
        return changeOutgoing(
                "not delivered", write -> Deliveries.failed(write, delivery, error, gone));
    }
}
