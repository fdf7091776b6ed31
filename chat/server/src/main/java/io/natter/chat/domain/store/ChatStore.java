package io.natter.chat.domain.store;

import io.natter.chat.domain.admin.AdminStore;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.integration.BotStore;
import io.natter.chat.domain.integration.WebhookStore;
import io.natter.chat.domain.message.MessageStore;
import io.natter.chat.domain.person.AccountStore;
import io.natter.chat.domain.person.PictureStore;
import io.natter.chat.domain.person.PlaceStore;
import io.natter.chat.domain.person.SessionStore;
import io.natter.chat.domain.person.SignInMethodStore;
import io.natter.chat.domain.personal.PersonalStore;
import io.natter.chat.domain.push.PushStore;
import io.natter.chat.domain.room.RoomStore;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps everything that is said and done.
///
/// **The promise.** A write's future completes only after its COMMIT is on disk, so what was
/// answered survives a crash. Numbers (`seq`, `ver`) are given in the order of commits and without
/// gaps: a write that fails gives its numbers back. The store publishes committed changes in that
/// same order, after the answer is set.
///
/// **Threads.** Every method may be called from any thread. The writing ones return at once; their
/// futures complete on the store's own writing thread, so what is chained to them must not block.
/// The reading ones block for a query: call them on a virtual thread.
///
/// **Errors.** Always a [ChatException][io.natter.chat.domain.ChatException], thrown by the reading
/// methods and as the cause in the futures: `storage` when the database cannot do it (disk full,
/// locked, read-only), `busy` when too many writes are waiting, or what a method names itself.
public interface ChatStore extends AutoCloseable {

    /// The random id of this database, renewed when a backup is restored.
    String epoch();

    /// Adds a listener of every change. The writing thread calls it in the order of commits, so it
    /// must not block. Add it before the first write.
    void onCommitted(Consumer<Change> listener);

    /// Sets how changes become events of webhooks, which are stored with them. Set it before the
    /// first write.
    void formatEvents(EventFormat format);

    SessionStore sessions();

    AccountStore accounts();

    SignInMethodStore methods();

    PlaceStore place();

    MessageStore messages();

    RoomStore rooms();

    PersonalStore personal();

    PictureStore pictures();

    PushStore push();

    FileStore files();

    AdminStore admin();

    BotStore bots();

    WebhookStore webhooks();

    /// Why the store cannot do its work at the moment; empty when it can, as far as is known. Asks
    /// the file system, so call it where blocking is allowed.
    Optional<StoreTrouble> trouble();

    /// Takes no more writes, finishes those that wait, and closes. Idempotent.
    @Override
    void close();
}
