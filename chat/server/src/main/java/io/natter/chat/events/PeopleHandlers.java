package io.natter.chat.events;

import static io.natter.chat.events.Fields.limit;
import static io.natter.chat.events.Fields.need;
import static io.natter.chat.events.Fields.text;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.room.MemberList;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRooms;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The events about people.
final class PeopleHandlers {
    private final ChatStore store;
    private final Presence presence;
    private final Connections connections;
    private final InstantSource clock;

    PeopleHandlers(
            ChatStore store, Presence presence, Connections connections, InstantSource clock) {
        this.clock = clock;
        this.store = store;
        this.presence = presence;
        this.connections = connections;
    }

    void listen(ConnectedClient client) {
        client.ask(
                "members",
                WireRequests.Members.class,
                Kind.LOOK,
                in -> {
                    Set<String> online = presence.ids();
                    MemberList list =
                            store.rooms()
                                    .members(
                                            client.me(),
                                            need(in.room(), "room"),
                                            text(in.q()),
                                            online,
                                            limit(in.limit(), MemberList.MAX));
                    return WireRooms.members(list, profiles(list.people()), online);
                });
        client.ask(
                "people",
                WireRequests.Find.class,
                Kind.LOOK,
                in -> {
                    Set<String> online = presence.ids();
                    List<Person> found =
                            store.rooms()
                                    .people(
                                            text(in.q()),
                                            online,
                                            limit(in.limit(), MemberList.MAX_FOUND));
                    return new WireRooms.People(
                            true, WireRooms.people(found, profiles(found), online));
                });
        client.hear(
                "typing", WireRequests.OneRoom.class, Kind.TYPING, in -> typing(client, in.room()));
    }

    private Map<String, Profile> profiles(List<Person> people) {
        return store.accounts().profiles(people.stream().map(Person::id).toList()).stream()
                .collect(Collectors.toMap(profile -> profile.person().id(), Function.identity()));
    }

    private void typing(ConnectedClient client, @Nullable String room) {
        Profile me = connections.profile(client.me().id()).orElse(null);
        if (room == null
                || me == null
                || isMuted(me)
                || !client.socket().rooms().contains(Connections.messageRoom(room))) {
            return; // unanswered, so refused in silence
        }
        client.socket()
                .to(Connections.messageRoom(room))
                .except(Connections.personRoom(client.me().id()))
                .asVolatile()
                .emit("typing", new WireRooms.Typing(room, me.person()));
    }

    private boolean isMuted(Profile profile) {
        Long until = profile.mutedUntil();
        return until != null && until > clock.millis();
    }
}
