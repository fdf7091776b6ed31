package io.natter.chat.store;

import io.natter.chat.domain.message.Changes;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.message.Found;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.MessageStore;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.message.Search;
import io.natter.chat.domain.message.Version;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.store.sql.Editing;
import io.natter.chat.store.sql.Marking;
import io.natter.chat.store.sql.Messages;
import io.natter.chat.store.sql.Posting;
import io.natter.chat.store.sql.Searches;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Messages in the SQLite file.
final class SqliteMessages implements MessageStore {
    private final Transactions transactions;

    SqliteMessages(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public CompletableFuture<Posted> post(Draft draft) {
        return transactions.change("post", write -> Posting.post(write, draft));
    }

    @Override
    public CompletableFuture<Edit.Done> edit(Edit edit) {
        return transactions.change("edit", write -> Editing.edit(write, edit));
    }

    @Override
    public CompletableFuture<Long> delete(Person person, String room, long seq) {
        return transactions.change("delete", write -> Editing.delete(write, person, room, seq));
    }

    @Override
    public CompletableFuture<Long> react(
            Person person, String room, long seq, Emoji emoji, boolean on) {
        return transactions.change(
                "react", write -> Marking.react(write, person, room, seq, emoji, on));
    }

    @Override
    public CompletableFuture<Long> pin(Person person, String room, long seq, boolean on) {
        return transactions.change("pin", write -> Marking.pin(write, person, room, seq, on));
    }

    @Override
    public Page history(Person person, String room, Window window, int limit) {
        return transactions.read(
                "history", handle -> Messages.history(handle, person, room, window, limit));
    }

    @Override
    public Changes changes(Person person, String room, long since, int limit) {
        return transactions.read(
                "sync", handle -> Messages.sync(handle, person, room, since, limit));
    }

    @Override
    public List<Message> pins(Person person, String room) {
        return transactions.read("pins", handle -> Messages.pins(handle, person, room));
    }

    @Override
    public List<Version> edits(Person person, String room, long seq) {
        return transactions.read("edits", handle -> Messages.versions(handle, person, room, seq));
    }

    @Override
    public Found search(Person person, Search search, int limit) {
        return transactions.read(
                "search", handle -> Searches.search(handle, person, search, limit));
    }

    @Override
    public Found mentions(Person person, @Nullable Position before, int limit) {
        return transactions.read(
                "mentions", handle -> Searches.mentions(handle, person, before, limit));
    }
}
