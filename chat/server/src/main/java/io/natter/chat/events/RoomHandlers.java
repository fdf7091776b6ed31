package io.natter.chat.events;

import static io.natter.chat.events.Fields.limit;
import static io.natter.chat.events.Fields.need;
import static io.natter.chat.events.Fields.oneOf;
import static io.natter.chat.events.Fields.people;
import static io.natter.chat.events.Fields.text;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.Level;
import io.natter.chat.domain.room.NewRoom;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import io.natter.chat.domain.room.RoomStore;
import io.natter.chat.domain.room.Topic;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRooms;
import org.jspecify.annotations.Nullable;

/// The events about rooms, and what the person is in them.
final class RoomHandlers {
    private static final int FOUND = 20;

    private final RoomStore store;

    RoomHandlers(RoomStore store) {
        this.store = store;
    }

    void listen(ConnectedClient client) {
        places(client, client.me());
        membership(client, client.me());
        reading(client, client.me());
    }

    private void places(ConnectedClient client, Person me) {
        client.act(
                "room.create",
                WireRequests.Create.class,
                Kind.ROOM,
                in -> store.create(me, room(in)),
                WireRooms::created);
        client.act(
                "room.set",
                WireRequests.Set.class,
                Kind.ROOM,
                in -> store.set(me, need(in.room(), "room"), name(in.name()), topic(in.topic())),
                RoomHandlers::done);
        client.act(
                "room.archive",
                WireRequests.Archive.class,
                Kind.ROOM,
                in -> store.archive(me, need(in.room(), "room"), need(in.on(), "on")),
                RoomHandlers::done);
        client.ask(
                "room.find",
                WireRequests.Find.class,
                Kind.LOOK,
                in -> WireRooms.found(store.find(me, text(in.q()), limit(in.limit(), FOUND))));
    }

    private void membership(ConnectedClient client, Person me) {
        client.act(
                "room.join",
                WireRequests.OneRoom.class,
                Kind.ROOM,
                in -> store.join(me, need(in.room(), "room")),
                head -> new WireRooms.OneRoom(true, WireRooms.head(head), null));
        client.act(
                "room.leave",
                WireRequests.OneRoom.class,
                Kind.ROOM,
                in -> store.leave(me, need(in.room(), "room")),
                RoomHandlers::done);
        client.act(
                "room.invite",
                WireRequests.Invite.class,
                Kind.ROOM,
                in ->
                        store.invite(
                                me,
                                need(in.room(), "room"),
                                people(need(in.people(), "people"), Bounds.INVITED)),
                RoomHandlers::done);
        client.act(
                "level",
                WireRequests.Level.class,
                Kind.ROOM,
                in ->
                        store.level(
                                me, need(in.room(), "room"), oneOf(Level::of, in.level(), "level")),
                RoomHandlers::done);
    }

    private void reading(ConnectedClient client, Person me) {
        client.act(
                "read",
                WireRequests.OneMessage.class,
                Kind.READ,
                in -> store.read(me, need(in.room(), "room"), need(in.seq(), "seq")),
                seq -> new WireRooms.Read(true, seq));
        client.act(
                "unread",
                WireRequests.OneMessage.class,
                Kind.READ,
                in -> store.unread(me, need(in.room(), "room"), need(in.seq(), "seq")),
                seq -> new WireRooms.Read(true, seq));
    }

    private static NewRoom room(WireRequests.Create in) {
        RoomKind kind = oneOf(RoomKind::of, in.kind(), "kind");
        Topic topic = Topic.of(text(in.topic()));
        return NewRoom.of(
                kind,
                kind.named() ? RoomName.of(text(in.name())) : null,
                topic,
                people(in.people(), Bounds.INVITED));
    }

    private static @Nullable RoomName name(@Nullable String typed) {
        return typed == null ? null : RoomName.of(typed);
    }

    private static @Nullable Topic topic(@Nullable String typed) {
        return typed == null ? null : Topic.of(typed);
    }

    private static Object done(boolean done) {
        return new WireRooms.Done(done);
    }
}
