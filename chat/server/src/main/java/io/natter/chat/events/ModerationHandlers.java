package io.natter.chat.events;

import static io.natter.chat.events.Fields.need;
import static io.natter.chat.events.Fields.text;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Invisible;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PlaceStore;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireRooms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The events of moderators. Whether somebody is one, the store checks.
final class ModerationHandlers {
    private static final long LONGEST_MS = Duration.ofDays(366).toMillis();
    private static final long LONGEST_PAUSE_MS = Duration.ofHours(6).toMillis();

    private final PlaceStore store;

    ModerationHandlers(PlaceStore store) {
        this.store = store;
    }

    void listen(ConnectedClient client) {
        Person me = client.me();
        act(client, "mod.kick", (in, person) -> kick(me, person, in));
        act(client, "mod.ban", (in, person) -> store.ban(me, person, time(in.forMs()), reason(in)));
        act(client, "mod.unban", (_, person) -> store.unban(me, person));
        act(
                client,
                "mod.mute",
                (in, person) -> {
                    Duration lasts = time(need(in.forMs(), "for_ms"));
                    return store.mute(
                            me, person, lasts == null ? Duration.ZERO : lasts, reason(in));
                });
        act(client, "mod.picture", (in, person) -> store.removePicture(me, person, reason(in)));
        client.act(
                "mod.slow",
                WireAccounts.Slow.class,
                Kind.ROOM,
                in -> store.slow(me, need(in.room(), "room"), pause(need(in.ms(), "ms"))),
                WireRooms.Done::new);
    }

    private static void act(
            ConnectedClient client,
            String event,
            BiFunction<WireAccounts.Moderate, String, CompletableFuture<Boolean>> handler) {
        client.act(
                event,
                WireAccounts.Moderate.class,
                Kind.ROOM,
                in -> handler.apply(in, need(in.person(), "person")),
                WireRooms.Done::new);
    }

    private CompletableFuture<Boolean> kick(Person me, String person, WireAccounts.Moderate in) {
        String room = in.room();
        return room == null
                ? store.kick(me, person, reason(in))
                : store.kickFrom(me, person, room, reason(in));
    }

    private static @Nullable Duration time(@Nullable Long ms) {
        if (ms == null) {
            return null;
        }
        if (ms < 0 || ms > LONGEST_MS) {
            throw ChatError.badRequest("The field for_ms must be from 0 to 366 days.").exception();
        }
        return Duration.ofMillis(ms);
    }

    private static Duration pause(long ms) {
        if (ms < 0 || ms > LONGEST_PAUSE_MS) {
            throw ChatError.badRequest("The field ms must be from 0 to 6 hours.").exception();
        }
        return Duration.ofMillis(ms);
    }

    private static String reason(WireAccounts.Moderate in) {
        String reason = Invisible.removedFrom(text(in.reason())).strip();
        if (reason.length() > Bounds.REASON) {
            throw ChatError.badRequest(
                            "Please shorten the reason to " + Bounds.REASON + " characters.")
                    .exception();
        }
        return reason.replaceAll("\\p{Cc}", " ");
    }
}
