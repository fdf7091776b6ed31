package io.natter.chat.events;

import static io.natter.chat.events.Fields.need;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.personal.PersonalStore;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireMessages;
import io.natter.chat.wire.WirePersonal;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRooms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events about saved messages, reminders and messages to be sent later.
final class PersonalHandlers {
    private final PersonalStore store;

    PersonalHandlers(PersonalStore store) {
        this.store = store;
    }

    void listen(ConnectedClient client) {
        saved(client, client.me());
        scheduled(client, client.me());
    }

    private void saved(ConnectedClient client, Person me) {
        client.ask(
                "personal",
                WireAccounts.Nothing.class,
                Kind.LOOK,
                _ -> WirePersonal.lists(store.lists(me)));
        client.ask(
                "saved.read",
                WirePersonal.Read.class,
                Kind.LOOK,
                in -> WirePersonal.messages(store.messages(me, positions(in.of()))));
        client.act(
                "save",
                WirePersonal.Save.class,
                Kind.REACT,
                in -> {
                    String room = need(in.room(), "room");
                    long seq = need(in.seq(), "seq");
                    return need(in.on(), "on")
                            ? store.save(me, room, seq, in.savedAt())
                                    .<Object>thenApply(
                                            saved ->
                                                    new WirePersonal.OneSaved(
                                                            true, WirePersonal.saved(saved)))
                            : store.unsave(me, room, seq).<Object>thenApply(WireRooms.Done::new);
                },
                answer -> answer);
        client.act(
                "remind",
                WirePersonal.Remind.class,
                Kind.REACT,
                in -> store.remind(me, need(in.room(), "room"), need(in.seq(), "seq"), in.at()),
                saved -> new WirePersonal.OneSaved(true, WirePersonal.saved(saved)));
    }

    private void scheduled(ConnectedClient client, Person me) {
        client.act(
                "later.add",
                WirePersonal.Schedule.class,
                Kind.MESSAGE,
                in ->
                        store.schedule(
                                Draft.of(
                                        need(in.room(), "room"),
                                        me,
                                        need(in.cmid(), "cmid"),
                                        need(in.text(), "text"),
                                        in.replyTo(),
                                        Fields.files(in.files())),
                                need(in.sendAt(), "send_at")),
                message -> new WirePersonal.OneScheduled(true, WirePersonal.scheduled(message)));
        client.act(
                "later.set",
                WirePersonal.Reschedule.class,
                Kind.MESSAGE,
                in -> store.reschedule(me, need(in.cmid(), "cmid"), in.text(), in.sendAt()),
                message -> new WirePersonal.OneScheduled(true, WirePersonal.scheduled(message)));
        client.act(
                "later.cancel",
                WirePersonal.Reschedule.class,
                Kind.MESSAGE,
                in -> store.cancel(me, need(in.cmid(), "cmid")),
                WireRooms.Done::new);
        client.act(
                "later.send",
                WirePersonal.Reschedule.class,
                Kind.MESSAGE,
                in -> store.sendNow(me, need(in.cmid(), "cmid")),
                WireMessages::sent);
    }

    private static List<Position> positions(
            @Nullable List<WireRequests.@Nullable OneMessage> asked) {
        return need(asked, "of").stream()
                .map(one -> need(one, "of"))
                .map(one -> new Position(need(one.room(), "room"), need(one.seq(), "seq")))
                .toList();
    }
}
