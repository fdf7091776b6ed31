package io.natter.chat.domain.person;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Keeps the pictures of people. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore].
public interface PictureStore {
    /// Sets the picture of a person, in place of an earlier one. Fails with `muted`.
    CompletableFuture<Profile> set(Person person, Picture picture);

    /// Removes the picture of a person. Idempotent.
    CompletableFuture<Profile> remove(Person person);

    /// A picture by its id.
    Optional<Picture> find(String id);
}
