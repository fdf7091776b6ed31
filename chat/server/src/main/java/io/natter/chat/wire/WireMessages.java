package io.natter.chat.wire;

import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.message.Changes;
import io.natter.chat.domain.message.Delta;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Found;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.message.Quote;
import io.natter.chat.domain.message.Reaction;
import io.natter.chat.domain.message.Version;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.store.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages, and the answers and events that carry them.
public final class WireMessages {
    private WireMessages() {}

    public record Msg(
            long seq,
            long ver,
            long ts,
            String cmid,
            Person sender,
            String text,
            @Nullable Long editedAt,
            @Nullable Boolean deleted,
            @Nullable QuoteOut replyTo,
            @Nullable List<Person> mentions,
            @Nullable List<Reaction> reactions,
            @Nullable Boolean pinned,
            @Nullable List<MessageFile> files) {}

    public record QuoteOut(long seq, Person sender, String text, @Nullable Boolean deleted) {}

    public record Ev(String room, long ver, long seq, String kind, Msg m) {}

    public record Sent(boolean ok, long seq, long ver, long ts, @Nullable Boolean dup) {}

    public record Edited(boolean ok, long ver, long editedAt) {}

    public record Changed(boolean ok, long ver) {}

    public record History(boolean ok, List<Msg> messages, boolean more, @Nullable Long ver) {}

    public record Sync(boolean ok, List<Msg> changes, long to, boolean more) {}

    public record Pins(boolean ok, List<Msg> messages) {}

    public record Versions(boolean ok, List<Version> versions) {}

    public record Results(boolean ok, List<Result> results, boolean more) {}

    public record Result(String room, Msg m) {}

    public record DeltaOut(
            @Nullable Boolean limited,
            @Nullable Long from,
            @Nullable List<Msg> changes,
            @Nullable List<Msg> page,
            long to,
            @Nullable Boolean more) {}

    public static Msg msg(Message m) {
        return new Msg(
                m.seq(),
                m.ver(),
                m.ts(),
                m.cmid(),
                m.sender(),
                m.text(),
                m.editedAt(),
                orAbsent(m.deleted()),
                quote(m.replyTo()),
                orAbsent(m.mentions()),
                orAbsent(m.reactions()),
                orAbsent(m.pinned()),
                orAbsent(m.files()));
    }

    private static @Nullable QuoteOut quote(@Nullable Quote quote) {
        return quote == null
                ? null
                : new QuoteOut(
                        quote.seq(), quote.sender(), quote.text(), orAbsent(quote.deleted()));
    }

    private static List<Msg> msgs(List<Message> messages) {
        return messages.stream().map(WireMessages::msg).toList();
    }

    public static Ev ev(Change.OfMessage change) {
        Message m = change.message();
        return new Ev(m.room(), m.ver(), m.seq(), kind(change.action()), msg(m));
    }

    private static String kind(Change.Action action) {
        return switch (action) {
            case SENT -> "msg";
            case EDITED -> "edit";
            case DELETED -> "del";
            case REACTED -> "react";
            case PINNED -> "pin";
        };
    }

    public static Sent sent(Posted posted) {
        return new Sent(true, posted.seq(), posted.ver(), posted.ts(), orAbsent(posted.dup()));
    }

    public static Edited edited(Edit.Done done) {
        return new Edited(true, done.ver(), done.editedAt());
    }

    /// The answer to `history`.
    ///
    /// @param withVer for the newest page, from which the client goes on by events
    public static History history(Page page, boolean withVer) {
        return new History(true, msgs(page.messages()), page.more(), withVer ? page.ver() : null);
    }

    public static Sync sync(Changes changes) {
        return new Sync(true, msgs(changes.changes()), changes.to(), changes.more());
    }

    public static Pins pins(List<Message> messages) {
        return new Pins(true, msgs(messages));
    }

    public static Results results(Found found) {
        return new Results(
                true,
                found.messages().stream().map(m -> new Result(m.room(), msg(m))).toList(),
                found.more());
    }

    public static DeltaOut delta(Delta delta) {
        return switch (delta) {
            case Delta.Complete(long from, long to, List<Message> changes) ->
                    new DeltaOut(null, from, msgs(changes), null, to, null);
            case Delta.Limited(List<Message> page, long to, boolean more) ->
                    new DeltaOut(true, null, null, msgs(page), to, more);
        };
    }

    static @Nullable Boolean orAbsent(boolean value) {
        return value ? true : null;
    }

    static <T> @Nullable List<T> orAbsent(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
