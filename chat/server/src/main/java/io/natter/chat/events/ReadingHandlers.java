package io.natter.chat.events;

import static io.natter.chat.events.Fields.limit;
import static io.natter.chat.events.Fields.need;
import static io.natter.chat.events.Fields.text;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.MessageStore;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.message.Search;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.wire.WireMessages;
import io.natter.chat.wire.WireRequests;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The events that read messages.
final class ReadingHandlers {
    private static final int PAGE = 50;
    private static final int RESULTS = 20;

    private final MessageStore store;

    ReadingHandlers(MessageStore store) {
        this.store = store;
    }

    void listen(ConnectedClient client) {
        Person me = client.me();
        client.ask(
                "history",
                WireRequests.History.class,
                Kind.LOOK,
                in -> {
                    Window window = window(in);
                    return WireMessages.history(
                            store.history(
                                    me, need(in.room(), "room"), window, limit(in.limit(), PAGE)),
                            window instanceof Window.Latest);
                });
        client.ask(
                "sync",
                WireRequests.Sync.class,
                Kind.LOOK,
                in ->
                        WireMessages.sync(
                                store.changes(
                                        me,
                                        need(in.room(), "room"),
                                        need(in.sinceVer(), "since_ver"),
                                        limit(in.limit(), 200))));
        client.ask(
                "pins",
                WireRequests.OneRoom.class,
                Kind.LOOK,
                in -> WireMessages.pins(store.pins(me, need(in.room(), "room"))));
        client.ask(
                "edits",
                WireRequests.OneMessage.class,
                Kind.LOOK,
                in ->
                        new WireMessages.Versions(
                                true,
                                store.edits(me, need(in.room(), "room"), need(in.seq(), "seq"))));
        client.ask(
                "search",
                WireRequests.Search.class,
                Kind.LOOK,
                in -> {
                    Search search =
                            Search.of(
                                    text(in.q()),
                                    in.room(),
                                    in.from(),
                                    in.before(),
                                    in.after(),
                                    has(in.has()));
                    return WireMessages.results(
                            store.search(me, search, limit(in.limit(), RESULTS)));
                });
        client.ask(
                "mentions",
                WireRequests.Mentions.class,
                Kind.LOOK,
                in ->
                        WireMessages.results(
                                store.mentions(
                                        me, position(in.before()), limit(in.limit(), RESULTS))));
    }

    private static Set<Search.Has> has(@Nullable List<@Nullable String> has) {
        Set<Search.Has> parts = EnumSet.noneOf(Search.Has.class);
        for (String each : has == null ? List.<@Nullable String>of() : has) {
            parts.add(Fields.oneOf(Search.Has::of, each, "has"));
        }
        return parts;
    }

    private static Window window(WireRequests.History in) {
        Long before = in.before();
        Long after = in.after();
        Long around = in.around();
        if (before != null) {
            return new Window.Before(before);
        }
        if (after != null) {
            return new Window.After(after);
        }
        return around != null ? new Window.Around(around) : new Window.Latest();
    }

    /// `[ts, room, seq]` of the last message that the client has.
    private static @Nullable Position position(@Nullable JsonNode before) {
        if (before == null || before.isNull()) {
            return null;
        }
        boolean valid =
                before.isArray()
                        && before.size() == 3
                        && before.path(1).isString()
                        && before.path(2).canConvertToLong();
        if (!valid) {
            throw ChatError.badRequest("The field before must be [ts, room, seq].").exception();
        }
        return new Position(before.path(1).asString(), before.path(2).asLong());
    }
}
