package io.natter.chat.wire;

import static io.natter.chat.wire.WireMessages.orAbsent;

import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.personal.PersonalLists;
import io.natter.chat.domain.personal.SavedMessage;
import io.natter.chat.domain.personal.ScheduledMessage;
import io.natter.chat.domain.store.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Saved messages, reminders and scheduled messages: requests, answers and events.
public final class WirePersonal {
    private WirePersonal() {}

    // ---- requests

    public record Save(
            @Nullable String room,
            @Nullable Long seq,
            @Nullable Boolean on,
            @Nullable Long savedAt) {}

    /// Sets or removes a reminder.
    ///
    /// @param at absent takes the reminder away
    public record Remind(@Nullable String room, @Nullable Long seq, @Nullable Long at) {}

    public record Read(@Nullable List<WireRequests.@Nullable OneMessage> of) {}

    public record Schedule(
            @Nullable String room,
            @Nullable String cmid,
            @Nullable String text,
            @Nullable Long replyTo,
            @Nullable List<WireRequests.@Nullable File> files,
            @Nullable Long sendAt) {}

    /// `later.set`, `later.cancel` and `later.send`.
    public record Reschedule(@Nullable String cmid, @Nullable String text, @Nullable Long sendAt) {}

    // ---- answers and events

    public record SavedOut(
            String room, long seq, long savedAt, @Nullable Long remindAt, @Nullable Boolean due) {}

    public record ScheduledOut(
            String room,
            String cmid,
            String text,
            @Nullable Long replyTo,
            @Nullable List<MessageFile> files,
            long sendAt,
            ScheduledMessage.@Nullable Failure failure) {}

    public record Lists(
            boolean ok, long meVer, List<SavedOut> saved, List<ScheduledOut> scheduled) {}

    public record OneSaved(boolean ok, SavedOut saved) {}

    public record OneScheduled(boolean ok, ScheduledOut scheduled) {}

    public record Messages(boolean ok, List<WireMessages.Result> results) {}

    /// A change of the list of saved messages.
    ///
    /// @param reminds the time of the reminder has just come
    public record SavedEv(
            long ver,
            String kind,
            String room,
            long seq,
            @Nullable SavedOut saved,
            @Nullable Boolean reminds) {}

    public record ScheduledEv(
            long ver, String kind, String room, String cmid, @Nullable ScheduledOut scheduled) {}

    public static SavedOut saved(SavedMessage saved) {
        return new SavedOut(
                saved.room(),
                saved.seq(),
                saved.savedAt(),
                saved.remindAt(),
                orAbsent(saved.due()));
    }

    public static ScheduledOut scheduled(ScheduledMessage message) {
        return new ScheduledOut(
                message.room(),
                message.cmid(),
                message.text(),
                message.replyTo(),
                orAbsent(message.files()),
                message.sendAt(),
                message.failure());
    }

    public static Lists lists(PersonalLists lists) {
        return new Lists(
                true,
                lists.meVer(),
                lists.saved().stream().map(WirePersonal::saved).toList(),
                lists.scheduled().stream().map(WirePersonal::scheduled).toList());
    }

    public static Messages messages(List<Message> messages) {
        return new Messages(
                true,
                messages.stream()
                        .map(m -> new WireMessages.Result(m.room(), WireMessages.msg(m)))
                        .toList());
    }

    static SavedEv changed(Change.SavedChanged change) {
        SavedMessage now = change.saved();
        return new SavedEv(
                change.ver(),
                "saved",
                change.room(),
                change.seq(),
                now == null ? null : saved(now),
                orAbsent(change.reminds()));
    }

    static ScheduledEv changed(Change.ScheduledChanged change) {
        ScheduledMessage now = change.scheduled();
        return new ScheduledEv(
                change.ver(),
                "later",
                change.room(),
                change.cmid(),
                now == null ? null : scheduled(now));
    }
}
