package io.natter.chat.events;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.ChosenLanguage;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.room.Snapshot;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireAdmin;
import io.natter.chat.wire.WireMessages;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRooms;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `hello`: what a client needs that comes or comes back.
final class HelloHandler {
    private static final int PROTO = 2;
    private static final WireRooms.Limits LIMITS =
            new WireRooms.Limits(Bounds.MESSAGE, Bounds.NAME, Bounds.TOPIC, Bounds.ROOM_NAME);

    private final ChatStore store;
    private final Connections connections;
    private final Presence presence;
    private final InstantSource clock;
    private final StoreState storeState;

    HelloHandler(
            ChatStore store,
            Connections connections,
            Presence presence,
            InstantSource clock,
            StoreState storeState) {
        this.store = store;
        this.connections = connections;
        this.presence = presence;
        this.clock = clock;
        this.storeState = storeState;
    }

    void listen(ConnectedClient client) {
        client.greet("hello", WireRequests.Hello.class, in -> hello(client, in));
    }

    private WireRooms.Welcome hello(ConnectedClient client, WireRequests.Hello in) {
        if (in.proto() == null || in.proto() != PROTO) {
            throw ChatError.badRequest("This server speaks proto 2. Please reload the page.")
                    .exception();
        }
        // Joined before the snapshot is taken: what is said meanwhile comes as an event, and twice
        // is told from once by its ver. The other way round it would be lost.
        join(client);
        Snapshot snapshot =
                store.rooms()
                        .snapshot(
                                client.me(), Optional.ofNullable(in.epoch()), versions(in.rooms()));
        Map<String, WireMessages.DeltaOut> deltas = new LinkedHashMap<>();
        snapshot.deltas().forEach((room, delta) -> deltas.put(room, WireMessages.delta(delta)));
        Presence.Online online = presence.online();
        Profile profile = store.accounts().profile(client.me().id());
        connections.greeted(profile);
        ChosenLanguage language = snapshot.language();
        return new WireRooms.Welcome(
                true,
                snapshot.epoch(),
                profile.person(),
                WireAccounts.profile(profile),
                language == null ? null : language.tag(),
                WireAccounts.place(store.place().place()),
                snapshot.meVer(),
                clock.millis(),
                LIMITS,
                snapshot.rooms().stream().map(WireRooms::head).toList(),
                deltas,
                online.people(),
                online.count(),
                storeState.code(),
                WireAdmin.kept(store.admin().retentions(client.me())));
    }

    private void join(ConnectedClient client) {
        connections.add(client.me(), client.socket());
        List<String> rooms;
        long ended;
        do {
            ended = connections.ended();
            rooms = store.rooms().joined(client.me());
        } while (!connections.join(client.socket(), rooms, ended));
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
}
