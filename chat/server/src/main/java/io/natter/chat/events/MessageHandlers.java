package io.natter.chat.events;

import static io.natter.chat.events.Fields.need;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.message.MessageStore;
import io.natter.chat.domain.person.Person;
import io.natter.chat.wire.WireMessages;
import io.natter.chat.wire.WireRequests;

/// The events that send and change messages.
final class MessageHandlers {
    private final MessageStore store;

    MessageHandlers(MessageStore store) {
        this.store = store;
    }

    void listen(ConnectedClient client) {
        Person me = client.me();
        client.act(
                "msg.send",
                WireRequests.Send.class,
                Kind.MESSAGE,
                in ->
                        store.post(
                                Draft.of(
                                        need(in.room(), "room"),
                                        me,
                                        need(in.cmid(), "cmid"),
                                        need(in.text(), "text"),
                                        in.replyTo(),
                                        Fields.files(in.files()))),
                WireMessages::sent);
        client.act(
                "msg.edit",
                WireRequests.Edit.class,
                Kind.MESSAGE,
                in ->
                        store.edit(
                                Edit.of(
                                        need(in.room(), "room"),
                                        me,
                                        need(in.seq(), "seq"),
                                        need(in.baseVer(), "base_ver"),
                                        need(in.text(), "text"))),
                WireMessages::edited);
        client.act(
                "msg.del",
                WireRequests.OneMessage.class,
                Kind.MESSAGE,
                in -> store.delete(me, need(in.room(), "room"), need(in.seq(), "seq")),
                ver -> new WireMessages.Changed(true, ver));
        client.act(
                "react",
                WireRequests.React.class,
                Kind.REACT,
                in ->
                        store.react(
                                me,
                                need(in.room(), "room"),
                                need(in.seq(), "seq"),
                                Emoji.of(need(in.emoji(), "emoji")),
                                need(in.on(), "on")),
                ver -> new WireMessages.Changed(true, ver));
        client.act(
                "pin",
                WireRequests.Pin.class,
                Kind.MESSAGE,
                in ->
                        store.pin(
                                me,
                                need(in.room(), "room"),
                                need(in.seq(), "seq"),
                                need(in.on(), "on")),
                ver -> new WireMessages.Changed(true, ver));
    }
}
