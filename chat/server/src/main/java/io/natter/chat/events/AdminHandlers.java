package io.natter.chat.events;

import static io.natter.chat.events.Fields.limit;
import static io.natter.chat.events.Fields.need;
import static io.natter.chat.events.Fields.oneOf;
import static io.natter.chat.events.Fields.text;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.admin.AdminPerson;
import io.natter.chat.domain.admin.AdminStore;
import io.natter.chat.domain.admin.Retention;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireAdmin;
import io.natter.chat.wire.WireRooms;
import java.util.function.Function;

/// The events of the admin page. Whether somebody may, the store checks.
final class AdminHandlers {
    private static final int PAGE = 50;

    private final AdminStore store;
    private final Presence presence;
    private final Function<Person, WireAdmin.Status> status;

    /// @param status the state of the server, for an owner; blocks
    AdminHandlers(AdminStore store, Presence presence, Function<Person, WireAdmin.Status> status) {
        this.store = store;
        this.presence = presence;
        this.status = status;
    }

    void listen(ConnectedClient client) {
        views(client, client.me());
        decisions(client, client.me());
    }

    private void views(ConnectedClient client, Person me) {
        client.ask(
                "admin.people",
                WireAdmin.People.class,
                Kind.LOOK,
                in -> {
                    int most = Math.clamp(limit(in.limit(), PAGE), 1, AdminPerson.PAGE - 1);
                    return WireAdmin.people(
                            store.people(
                                    me,
                                    text(in.q()),
                                    in.role() == null ? null : oneOf(Role::of, in.role(), "role"),
                                    limit(in.skip(), 0),
                                    most + 1),
                            most,
                            presence.ids());
                });
        client.ask(
                "admin.rooms",
                WireAccounts.Nothing.class,
                Kind.LOOK,
                _ -> new WireAdmin.Rooms(true, store.rooms(me)));
        client.ask(
                "admin.sessions",
                WireAdmin.OnePerson.class,
                Kind.LOOK,
                in ->
                        WireAdmin.sessions(
                                store.sessions(me, in.person()),
                                SocketAdmission.session(client.socket()).id()));
        client.ask("admin.status", WireAccounts.Nothing.class, Kind.LOOK, _ -> status.apply(me));
    }

    private void decisions(ConnectedClient client, Person me) {
        client.act(
                "admin.end_session",
                WireAccounts.OneId.class,
                Kind.ROOM,
                in -> store.endSession(me, need(in.id(), "id")),
                WireRooms.Done::new);
        client.act(
                "admin.archive",
                WireAdmin.Archive.class,
                Kind.ROOM,
                in -> store.archive(me, need(in.room(), "room"), need(in.on(), "on")),
                WireRooms.Done::new);
        client.act(
                "room.retention",
                WireAdmin.Retain.class,
                Kind.ROOM,
                in -> {
                    Retention.check(in.days());
                    return store.retain(me, need(in.room(), "room"), in.days());
                },
                WireRooms.Done::new);
        // Many short writes, one after the other: blocks only this socket's next event.
        client.ask(
                "admin.delete",
                WireAdmin.Delete.class,
                Kind.ROOM,
                in ->
                        new WireAdmin.Deleted(
                                true,
                                store.deletePerson(
                                        me,
                                        need(in.person(), "person"),
                                        need(in.messages(), "messages"))));
    }
}
