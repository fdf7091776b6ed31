package io.natter.chat.events;

import static io.natter.chat.events.Fields.limit;
import static io.natter.chat.events.Fields.need;
import static io.natter.chat.events.Fields.text;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.room.MemberList;
import io.natter.chat.domain.room.RoomStore;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRooms;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events about people.
final class PeopleHandlers {
    private final RoomStore store;
    private final Presence presence;

    PeopleHandlers(RoomStore store, Presence presence) {
        this.store = store;
        this.presence = presence;
    }

    void listen(ConnectedClient client) {
        client.ask(
                "members",
                WireRequests.Members.class,
                Kind.LOOK,
                in -> {
                    Set<String> online = presence.ids();
                    return WireRooms.members(
                            store.members(
                                    client.me(),
                                    need(in.room(), "room"),
                                    text(in.q()),
                                    online,
                                    limit(in.limit(), MemberList.MAX)),
                            online);
                });
        client.ask(
                "people",
                WireRequests.Find.class,
                Kind.LOOK,
                in -> {
                    Set<String> online = presence.ids();
                    return new WireRooms.People(
                            true,
                            WireRooms.people(
                                    store.people(
                                            text(in.q()),
                                            online,
                                            limit(in.limit(), MemberList.MAX_FOUND)),
                                    online));
                });
        client.hear(
                "typing", WireRequests.OneRoom.class, Kind.TYPING, in -> typing(client, in.room()));
    }

    private static void typing(ConnectedClient client, @Nullable String room) {
        if (room == null || !client.socket().rooms().contains(Connections.messageRoom(room))) {
            return; // unanswered, so refused in silence
        }
        client.socket()
                .to(Connections.messageRoom(room))
                .except(Connections.personRoom(client.me().id()))
                .asVolatile()
                .emit("typing", new WireRooms.Typing(room, client.me()));
    }
}
