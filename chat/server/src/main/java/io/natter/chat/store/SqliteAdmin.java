package io.natter.chat.store;

import io.natter.chat.domain.admin.AdminPerson;
import io.natter.chat.domain.admin.AdminRoom;
import io.natter.chat.domain.admin.AdminSession;
import io.natter.chat.domain.admin.AdminStore;
import io.natter.chat.domain.admin.PlaceTotals;
import io.natter.chat.domain.admin.Retention;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.store.sql.admin.AdminActions;
import io.natter.chat.store.sql.admin.AdminViews;
import io.natter.chat.store.sql.admin.Erasing;
import io.natter.chat.store.sql.admin.Retaining;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The views and decisions about the whole place, in the SQLite file.
final class SqliteAdmin implements AdminStore {
    private final Transactions transactions;
    private final FileStore files;

    SqliteAdmin(Transactions transactions, FileStore files) {
        this.transactions = transactions;
        this.files = files;
    }

    @Override
    public List<AdminPerson> people(
            Person by, String query, @Nullable Role role, int skip, int limit) {
        return transactions.read(
                "people", handle -> AdminViews.people(handle, by, query, role, skip, limit));
    }

    @Override
    public List<AdminRoom> rooms(Person by) {
        return transactions.read("rooms", handle -> AdminViews.rooms(handle, by));
    }

    @Override
    public List<AdminSession> sessions(Person by, @Nullable String person) {
        return transactions.read("sessions", handle -> AdminViews.sessions(handle, by, person));
    }

    @Override
    public CompletableFuture<Boolean> endSession(Person by, String session) {
        return transactions.change(
                "end session", write -> AdminActions.endSession(write, by, session));
    }

    @Override
    public PlaceTotals totals(Person by) {
        return transactions.read("totals", handle -> AdminViews.totals(handle, by));
    }

    @Override
    public CompletableFuture<Boolean> archive(Person by, String room, boolean on) {
        return transactions.change("archive", write -> AdminActions.archive(write, by, room, on));
    }

    @Override
    public long deletePerson(Person by, String person, boolean withMessages) {
        transactions.change("shut out", write -> Erasing.shutOut(write, by, person)).join();
        long removed = 0;
        if (withMessages) {
            removed =
                    untilNone(
                            () ->
                                    transactions.change(
                                            "erase messages",
                                            write -> Erasing.someMessages(write, person)));
        }
        untilNone(
                () ->
                        transactions.change(
                                "erase reactions", write -> Erasing.someReactions(write, person)));
        transactions.change("erase person", write -> Erasing.rest(write, by, person)).join();
        files.sweep();
        return removed;
    }

    /// Writes again and again until nothing is left. Other writes go in between.
    private static long untilNone(Supplier<CompletableFuture<Integer>> write) {
        long all = 0;
        for (int some = write.get().join(); some > 0; some = write.get().join()) {
            all += some;
        }
        return all;
    }

    @Override
    public CompletableFuture<Boolean> retain(Person by, String room, @Nullable Integer days) {
        return transactions.change("retention", write -> Retaining.set(write, by, room, days));
    }

    @Override
    public List<Retention> retentions(Person person) {
        return transactions.read("retention", handle -> Retaining.of(handle, person));
    }

    @Override
    public long removeOld() {
        long all = 0;
        for (Retention room : transactions.read("retention", Retaining::all)) {
            long removed =
                    untilNone(
                            () ->
                                    transactions.change(
                                            "remove old",
                                            write -> Retaining.removeSome(write, room)));
            if (removed > 0) {
                transactions
                        .change("removed old", write -> Retaining.removed(write, room, removed))
                        .join();
            }
            all += removed;
        }
        if (all > 0) {
            files.sweep();
        }
        return all;
    }
}
