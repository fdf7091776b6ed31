package io.natter.chat.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.natter.chat.domain.Changes;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Delta;
import io.natter.chat.domain.Message;
import io.natter.chat.domain.Page;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.Posted;
import io.natter.chat.domain.Room;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What goes over the wire, as `docs/chat-events.md` has it. Names are written in snake case;
/// nothing that is null is written. What comes in may have anything missing, so each field is
/// nullable and checked where it is used.
final class Wire {
    static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private Wire() {}

    // ---- in

    record HelloIn(
            @Nullable Integer proto,
            @Nullable String device,
            @Nullable String epoch,
            @Nullable Map<String, @Nullable Long> rooms) {}

    record SendIn(@Nullable String room, @Nullable String cmid, @Nullable String text) {}

    record HistoryIn(
            @Nullable String room,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Long around,
            @Nullable Integer limit) {}

    record SyncIn(@Nullable String room, @Nullable Long sinceVer, @Nullable Integer limit) {}

    record ReadIn(@Nullable String room, @Nullable Long seq) {}

    record TypingIn(@Nullable String room) {}

    record NameIn(@Nullable String name) {}

    // ---- out

    record Refused(Err err) {}

    record Err(String code, String message, @Nullable Long retryAfterMs, boolean permanent) {}

    record Msg(long seq, long ver, long ts, String cmid, Person sender, String text) {}

    record Ev(String room, long ver, long seq, String kind, Msg m) {}

    record Sent(boolean ok, long seq, long ver, long ts, @Nullable Boolean dup) {}

    record HistoryOut(boolean ok, List<Msg> messages, boolean more) {}

    record SyncOut(boolean ok, List<Msg> changes, long to, boolean more) {}

    record ReadOut(boolean ok, long readSeq) {}

    record ReadElsewhere(String room, long readSeq) {}

    record TypingOut(String room, Person who) {}

    record Closing(long inMs) {}

    record Me(Person me) {}

    record RoomOut(String id, String name, long lastSeq, long lastVer, long readSeq, long unread) {}

    record DeltaOut(
            @Nullable Boolean limited,
            @Nullable Long from,
            @Nullable List<Msg> changes,
            @Nullable List<Msg> page,
            long to,
            @Nullable Boolean more) {}

    record Bounds(int message, int name) {}

    record Welcome(
            boolean ok,
            String epoch,
            Person me,
            long now,
            Bounds limits,
            List<RoomOut> rooms,
            Map<String, DeltaOut> delta,
            List<Person> online,
            int count) {}

    static Refused refused(ChatError error) {
        return new Refused(
                new Err(
                        error.code(),
                        error.message(),
                        error.retryAfterMs().isPresent() ? error.retryAfterMs().getAsLong() : null,
                        error.permanent()));
    }

    static Msg msg(Message m) {
        return new Msg(m.seq(), m.ver(), m.ts(), m.cmid(), m.sender(), m.text());
    }

    static List<Msg> msgs(List<Message> messages) {
        return messages.stream().map(Wire::msg).toList();
    }

    static Ev ev(Message m) {
        return new Ev(m.room(), m.ver(), m.seq(), "msg", msg(m));
    }

    static Sent sent(Posted posted) {
        return new Sent(true, posted.seq(), posted.ver(), posted.ts(), posted.dup() ? true : null);
    }

    static HistoryOut history(Page page) {
        return new HistoryOut(true, msgs(page.messages()), page.more());
    }

    static SyncOut sync(Changes changes) {
        return new SyncOut(true, msgs(changes.changes()), changes.to(), changes.more());
    }

    static RoomOut room(Room room) {
        return new RoomOut(
                room.id(),
                room.name(),
                room.lastSeq(),
                room.lastVer(),
                room.readSeq(),
                room.unread());
    }

    static DeltaOut delta(Delta delta) {
        return switch (delta) {
            case Delta.Complete(long from, long to, List<Message> changes) ->
                    new DeltaOut(null, from, msgs(changes), null, to, null);
            case Delta.Limited(List<Message> page, long to, boolean more) ->
                    new DeltaOut(true, null, null, msgs(page), to, more);
        };
    }
}
