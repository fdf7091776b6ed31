package io.natter.chat.domain.personal;

import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps saved messages, reminders and messages to be sent later. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore]. Each change has a number among those of its
/// person.
public interface PersonalStore {
    /// Saved messages of one person.
    int MAX_SAVED = 500;

    /// Scheduled messages of one person.
    int MAX_SCHEDULED = 100;

    /// Saved messages whose text one request reads.
    int MAX_READ = 50;

    PersonalLists lists(Person person);

    /// Those of the messages that the person may read, in any order.
    ///
    /// @param positions at most [#MAX_READ]; more are left out
    List<Message> messages(Person person, List<Position> positions);

    /// Saves a message. One that was saved before stays as it is. Fails with `room_unknown`,
    /// `message_unknown`, `deleted` or `too_many_saved`.
    ///
    /// @param savedAt the place in the list of a message that was just removed from it; null for
    ///   the top
    CompletableFuture<SavedMessage> save(
            Person person, String room, long seq, @Nullable Long savedAt);

    /// Removes a message from the list, with its reminder. Idempotent; works for rooms that the
    /// person has left.
    CompletableFuture<Boolean> unsave(Person person, String room, long seq);

    /// Sets the time of the reminder of a message, and saves the message if it is not saved. Fails
    /// as [#save], and with `time_invalid`.
    ///
    /// @param at milliseconds since 1970; null takes the reminder away
    CompletableFuture<SavedMessage> remind(Person person, String room, long seq, @Nullable Long at);

    /// Keeps a message that is to be sent at a time. The same draft again is answered with what was
    /// stored. Its files stay until it is sent or cancelled. Fails as a message does that is sent
    /// now, except for slow mode, and with `time_invalid` or `too_many_scheduled`.
    CompletableFuture<ScheduledMessage> schedule(Draft draft, long sendAt);

    /// Changes text or time of a message that is not sent, and takes its failure away. Fails with
    /// `scheduled_unknown` or `time_invalid`.
    ///
    /// @param text null to keep it; otherwise as in [Draft]
    /// @param sendAt null to keep it, which a failed message cannot
    CompletableFuture<ScheduledMessage> reschedule(
            Person person, String cmid, @Nullable String text, @Nullable Long sendAt);

    /// Removes a message that is not sent. Idempotent.
    CompletableFuture<Boolean> cancel(Person person, String cmid);

    /// Sends a message now. A refusal leaves it as it was. Fails with `scheduled_unknown`, and as a
    /// message does.
    CompletableFuture<Posted> sendNow(Person person, String cmid);

    /// Sends the messages and reminders whose time has come; call it often. A message is sent with
    /// the rules of this moment: one that is refused stays with its failure, and one that slow mode
    /// delays is tried again. Blocks for a query. While the work of a call goes on, further calls
    /// do nothing and return that work.
    ///
    /// @return completes when the messages and reminders of this moment are done
    CompletableFuture<?> runDue();
}
