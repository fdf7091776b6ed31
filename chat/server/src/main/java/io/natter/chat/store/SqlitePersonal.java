package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.personal.PersonalLists;
import io.natter.chat.domain.personal.PersonalStore;
import io.natter.chat.domain.personal.SavedMessage;
import io.natter.chat.domain.personal.ScheduledMessage;
import io.natter.chat.store.sql.personal.PersonalRows;
import io.natter.chat.store.sql.personal.Saved;
import io.natter.chat.store.sql.personal.Scheduling;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Saved and scheduled messages in the SQLite file.
final class SqlitePersonal implements PersonalStore {
    /// The refusals that are no answer to the message: it is tried again.
    private static final Set<String> PASSING = Set.of("busy", "storage", "disk_full", "internal");

    private final Transactions transactions;
    private final InstantSource clock;

    /// The work of the last [#runDue], so that a slow disk gets no second request for the same.
    private CompletableFuture<?> running = CompletableFuture.completedFuture(null);

    SqlitePersonal(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public PersonalLists lists(Person person) {
        return transactions.read("personal", handle -> PersonalRows.of(handle, person));
    }

    @Override
    public List<Message> messages(Person person, List<Position> positions) {
        return transactions.read(
                "saved messages", handle -> Saved.messages(handle, person.id(), positions));
    }

    @Override
    public CompletableFuture<SavedMessage> save(
            Person person, String room, long seq, @Nullable Long savedAt) {
        return transactions.change("save", write -> Saved.save(write, person, room, seq, savedAt));
    }

    @Override
    public CompletableFuture<Boolean> unsave(Person person, String room, long seq) {
        return transactions.change("unsave", write -> Saved.unsave(write, person, room, seq));
    }

    @Override
    public CompletableFuture<SavedMessage> remind(
            Person person, String room, long seq, @Nullable Long at) {
        return transactions.change("remind", write -> Saved.remind(write, person, room, seq, at));
    }

    @Override
    public CompletableFuture<ScheduledMessage> schedule(Draft draft, long sendAt) {
        return transactions.change("schedule", write -> Scheduling.schedule(write, draft, sendAt));
    }

    @Override
    public CompletableFuture<ScheduledMessage> reschedule(
            Person person, String cmid, @Nullable String text, @Nullable Long sendAt) {
        return transactions.change(
                "reschedule", write -> Scheduling.reschedule(write, person, cmid, text, sendAt));
    }

    @Override
    public CompletableFuture<Boolean> cancel(Person person, String cmid) {
        return transactions.change("cancel", write -> Scheduling.cancel(write, person, cmid));
    }

    @Override
    public CompletableFuture<Posted> sendNow(Person person, String cmid) {
        return transactions.change(
                "send scheduled", write -> Scheduling.sendNow(write, person, cmid));
    }

    @Override
    public synchronized CompletableFuture<?> runDue() {
        if (!running.isDone()) {
            return running;
        }
        long now = clock.millis();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Scheduling.Due due :
                transactions.read("due messages", handle -> Scheduling.due(handle, now))) {
            all.add(send(due));
        }
        for (Saved.Reminder due :
                transactions.read("due reminders", handle -> Saved.due(handle, now))) {
            all.add(transactions.change("remind", write -> Saved.ring(write, due)));
        }
        // A failed write is counted by the writer, and done again the next time.
        running =
                CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                        .exceptionally(_ -> null);
        return running;
    }

    private CompletableFuture<Boolean> send(Scheduling.Due due) {
        return transactions
                .change("send scheduled", write -> Scheduling.sendDue(write, due))
                .exceptionallyCompose(
                        failure -> {
                            ChatError error = ChatError.of(failure);
                            return PASSING.contains(error.code())
                                    ? CompletableFuture.failedFuture(failure)
                                    : transactions.change(
                                            "refuse scheduled",
                                            write -> Scheduling.refused(write, due, error));
                        });
    }
}
