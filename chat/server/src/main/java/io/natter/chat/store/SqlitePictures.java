package io.natter.chat.store;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Picture;
import io.natter.chat.domain.person.PictureStore;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.store.sql.PictureRows;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Pictures of people in the SQLite file.
final class SqlitePictures implements PictureStore {
    private final Transactions transactions;

    SqlitePictures(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public CompletableFuture<Profile> set(Person person, Picture picture) {
        return transactions.change("picture", write -> PictureRows.set(write, person, picture));
    }

    @Override
    public CompletableFuture<Profile> remove(Person person) {
        return transactions.change("no picture", write -> PictureRows.remove(write, person));
    }

    @Override
    public Optional<Picture> find(String id) {
        return transactions.read("picture", handle -> PictureRows.find(handle, id));
    }
}
