package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.ChatStore;
import io.natter.chat.domain.Draft;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.Room;
import io.natter.chat.domain.Session;
import io.natter.chat.domain.Snapshot;
import io.natter.chat.domain.Window;
import io.natter.socketio.Ack;
import io.natter.socketio.Listener;
import io.natter.socketio.Socket;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// One socket of a signed-in person, and what each of its events does. Handlers run one at a time
/// and may block; a refusal that they throw becomes the answer.
final class Visitor {
    /// Everything a client may say.
    static final Set<String> EVENTS =
            Set.of("hello", "msg.send", "history", "sync", "read", "typing");

    private static final int PROTO = 1;

    private final ChatStore store;
    private final Presence presence;
    private final Limits limits;
    private final InstantSource clock;
    private final Socket socket;
    private final Person me;

    /// Touched by handlers only.
    private boolean greeted;

    Visitor(
            ChatStore store,
            Presence presence,
            Limits limits,
            InstantSource clock,
            Socket socket,
            Session session) {
        this.store = store;
        this.presence = presence;
        this.limits = limits;
        this.clock = clock;
        this.socket = socket;
        this.me = session.person();
    }

    void listen() {
        on("hello", Wire.HelloIn.class, PersonLimits.Kind.LOOK, this::hello);
        on("msg.send", Wire.SendIn.class, PersonLimits.Kind.MESSAGE, this::send);
        on("history", Wire.HistoryIn.class, PersonLimits.Kind.LOOK, this::history);
        on("sync", Wire.SyncIn.class, PersonLimits.Kind.LOOK, this::sync);
        on("read", Wire.ReadIn.class, PersonLimits.Kind.READ, this::read);
        socket.on("typing", Wire.TypingIn.class, this::typing);
    }

    private <T> void on(
            String event, Class<T> type, PersonLimits.Kind kind, Listener.ValueAck<T> handler) {
        socket.on(
                event,
                type,
                (value, ack) -> {
                    try {
                        if (!greeted && !event.equals("hello")) {
                            throw ChatError.helloFirst().exception();
                        }
                        mine().require(kind, clock.millis());
                        handler.on(value, ack);
                    } catch (ChatException | CompletionException refused) {
                        // An answer like any other, no fault to be logged.
                        ack.send(Wire.refused(ChatError.of(refused)));
                    }
                });
    }

    private PersonLimits mine() {
        return limits.of(me.id());
    }

    private void hello(Wire.HelloIn in, Ack ack) {
        if (in.proto() == null || in.proto() != PROTO) {
            throw ChatError.badRequest("This server speaks proto 1. Please reload the page.")
                    .exception();
        }
        // Joined before the snapshot is taken: what is said meanwhile comes as an event, and twice
        // is told from once by its ver. The other way round it would be lost.
        for (Room room : store.rooms(me)) {
            socket.join(ChatEvents.room(room.id()));
        }
        Snapshot snapshot =
                store.snapshot(me, Optional.ofNullable(in.epoch()), versions(in.rooms()));
        greeted = true;
        Map<String, Wire.DeltaOut> deltas = new LinkedHashMap<>();
        snapshot.deltas().forEach((room, delta) -> deltas.put(room, Wire.delta(delta)));
        var online = presence.online();
        ack.send(
                new Wire.Welcome(
                        true,
                        snapshot.epoch(),
                        me,
                        clock.millis(),
                        new Wire.Bounds(Draft.MAX_TEXT, PersonName.MAX_GRAPHEMES),
                        snapshot.rooms().stream().map(Wire::room).toList(),
                        deltas,
                        online,
                        online.size()));
    }

    private static Map<String, Long> versions(@Nullable Map<String, @Nullable Long> rooms) {
        Map<String, Long> versions = new HashMap<>();
        if (rooms != null) {
            rooms.forEach(
                    (room, ver) -> {
                        if (ver != null) {
                            versions.put(room, ver);
                        }
                    });
        }
        return versions;
    }

    private void send(Wire.SendIn in, Ack ack) {
        Draft draft =
                Draft.of(
                        need(in.room(), "room"),
                        me,
                        need(in.cmid(), "cmid"),
                        need(in.text(), "text"));
        var _ =
                store.post(draft)
                        .whenComplete(
                                (posted, failure) ->
                                        ack.send(
                                                failure == null
                                                        ? Wire.sent(posted)
                                                        : Wire.refused(ChatError.of(failure))));
    }

    private void history(Wire.HistoryIn in, Ack ack) {
        int limit = in.limit() == null ? 50 : in.limit();
        ack.send(Wire.history(store.history(me, need(in.room(), "room"), window(in), limit)));
    }

    private static Window window(Wire.HistoryIn in) {
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

    private void sync(Wire.SyncIn in, Ack ack) {
        int limit = in.limit() == null ? 200 : in.limit();
        ack.send(
                Wire.sync(
                        store.changes(
                                me,
                                need(in.room(), "room"),
                                need(in.sinceVer(), "since_ver"),
                                limit)));
    }

    private void read(Wire.ReadIn in, Ack ack) {
        String room = need(in.room(), "room");
        long seq = store.read(me, room, need(in.seq(), "seq")).join();
        ack.send(new Wire.ReadOut(true, seq));
        socket.to(ChatEvents.person(me)).emit("read", new Wire.ReadElsewhere(room, seq));
    }

    private void typing(Wire.TypingIn in) {
        String room = in.room();
        if (room == null
                || !socket.rooms().contains(ChatEvents.room(room))
                || !mine().ask(PersonLimits.Kind.TYPING, clock.millis()).isZero()) {
            return; // unanswered, so refused in silence
        }
        socket.to(ChatEvents.room(room))
                .except(ChatEvents.person(me))
                .asVolatile()
                .emit("typing", new Wire.TypingOut(room, me));
    }

    private static <T> T need(@Nullable T value, String field) {
        if (value == null) {
            throw ChatError.badRequest("The field " + field + " is missing.").exception();
        }
        return value;
    }
}
