package io.natter.chat.domain.push;

import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.person.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Keeps push subscriptions. Each belongs to a session and ends with it. Threads and errors are
/// those of [ChatStore][io.natter.chat.domain.store.ChatStore].
public interface PushStore {

    /// The text that was stored as the server's key pair, or else `fresh`, which is stored now.
    ///
    /// @param fresh a new key pair in the encoding of the caller
    String keys(String fresh);

    /// Whether there may be subscriptions. False spares the look for them with each message.
    boolean any();

    /// Stores a subscription of the session's browser, in place of an earlier one.
    CompletableFuture<Boolean> subscribe(Session session, PushSubscription subscription);

    /// Removes the subscription of the session's browser; completes with false when there was none.
    CompletableFuture<Boolean> unsubscribe(Session session);

    /// Removes a subscription that its push service does not know any more.
    CompletableFuture<Boolean> forget(String endpoint);

    /// The subscription of the session's browser.
    Optional<PushSubscription> of(Session session);

    /// The message of a reminder, and the subscriptions of its person; empty if the person may not
    /// read the message any more.
    Optional<PushReminder> reminder(String person, String room, long seq);

    /// The subscriptions to which a new message goes: those of members whose level of the room
    /// admits it, but not of its sender, and not of the people who are here.
    List<PushTarget> targets(Message message, Predicate<String> here);
}
