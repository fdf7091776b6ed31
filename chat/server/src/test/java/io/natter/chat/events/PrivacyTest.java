package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.TestClient;
import io.natter.chat.web.WireTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Somebody who is no member tries every event on a private room, and learns nothing.
class PrivacyTest extends WireTest {
    private static final String SECRET = "the plum falls at midnight";

    private TestClient ann; // set before each test
    private TestClient eve;
    private String room = "";

    @BeforeEach
    void speak() throws Exception {
        ann = greeted("Ann");
        eve = greeted("Eve");
        room = create(ann, "private", "Orchard");
        send(ann, room, SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "msg.send; {'room':'R','cmid':'c','text':'x'}",
                "msg.send; {'room':'R','cmid':'c','text':'x','reply_to':1}",
                "msg.edit; {'room':'R','seq':1,'base_ver':1,'text':'x'}",
                "msg.edit; {'room':'R','seq':1,'base_ver':0,'text':'x'}",
                "msg.del; {'room':'R','seq':1}",
                "react; {'room':'R','seq':1,'emoji':'👍','on':true}",
                "pin; {'room':'R','seq':1,'on':true}",
                "history; {'room':'R'}",
                "history; {'room':'R','around':1}",
                "sync; {'room':'R','since_ver':0}",
                "pins; {'room':'R'}",
                "edits; {'room':'R','seq':1}",
                "read; {'room':'R','seq':1}",
                "unread; {'room':'R','seq':1}",
                "level; {'room':'R','level':'none'}",
                "members; {'room':'R'}",
                "save; {'room':'R','seq':1,'on':true}",
                "remind; {'room':'R','seq':1,'at':1767290000000}",
                "later.add; {'room':'R','cmid':'c','text':'x','send_at':1767290000000}",
                "room.set; {'room':'R','name':'x'}",
                "room.archive; {'room':'R','on':true}",
                "room.join; {'room':'R'}",
                "room.join; {'room':'orchard'}",
                "room.leave; {'room':'R'}",
                "room.invite; {'room':'R','people':['EVE']}",
            })
    void theRoomIsUnknown(String event, String request) throws Exception {
        String real = request.replace("EVE", id(eve));
        JsonNode refused = ask(eve, event, real.replace("'R'", "'" + room + "'"));
        assertThat(code(refused)).isEqualTo("room_unknown");
        JsonNode missing = ask(greeted("Mallory"), event, real.replace("'R'", "'nowhere'"));
        if (request.contains("'R'")) {
            assertThat(missing).as("as a room that does not exist").isEqualTo(refused);
        }
    }

    @Test
    void neitherSearchNorListsNorHelloTellOfIt() throws Exception {
        String evesId = id(eve);
        send(ann, room, "for <@" + evesId + "> and <@room>");
        List<JsonNode> answers =
                List.of(
                        done(eve, "search", "{'q':'plum'}"),
                        done(eve, "search", "{'q':'pl'}"),
                        done(eve, "search", "{'q':'plum','room':'%s'}", room),
                        done(eve, "mentions", "{}"),
                        done(eve, "mentions", "{'before':[9,'%s',9]}", room),
                        done(eve, "room.find", "{'q':'orch'}"),
                        done(eve, "room.find", "{}"),
                        done(eve, "hello", "{'proto':2,'rooms':{'%s':0}}", room));
        assertThat(answers)
                .allSatisfy(
                        answer ->
                                assertThat(answer.toString())
                                        .doesNotContain("plum", room, "rchard", "for <@"));
    }

    @Test
    void noEventComesOfIt() throws Exception {
        done(eve, "hello", "{'proto':2,'rooms':{'%s':0}}", room);
        eve.tell("typing", json("{'room':'%s'}", room));
        eve.settle();
        eve.updates();
        String carlsId = id(greeted("Carl"));
        ann.tell("typing", json("{'room':'%s'}", room));
        send(ann, room, "for <@" + id(eve) + "> and <@room>");
        done(ann, "msg.edit", "{'room':'%s','seq':1,'base_ver':1,'text':'x <@%s>'}", room, id(eve));
        done(ann, "react", "{'room':'%s','seq':1,'emoji':'👍','on':true}", room);
        done(ann, "pin", "{'room':'%s','seq':1,'on':true}", room);
        done(ann, "room.set", "{'room':'%s','topic':'plums'}", room);
        done(ann, "room.invite", "{'room':'%s','people':['%s']}", room, carlsId);
        done(ann, "msg.del", "{'room':'%s','seq':1}", room);
        done(ann, "room.archive", "{'room':'%s','on':true}", room);
        eve.settle();
        assertThat(eve.updates()).isEmpty();
        assertThat(eve.has("typing")).isFalse();
        assertThat(ann.has("typing")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "group"})
    void whoLeftHearsNothingMore(String kind) throws Exception {
        String evesId = id(eve);
        String other = create(ann, kind, "Cellar", evesId);
        send(ann, other, "before");
        eve.next("ev");
        done(eve, "room.leave", "{'room':'%s'}", other);
        eve.settle();
        eve.updates();
        send(ann, other, "after <@" + evesId + ">");
        eve.settle();
        assertThat(eve.updates()).isEmpty();
        assertThat(code(ask(eve, "history", "{'room':'%s'}", other))).isEqualTo("room_unknown");
        assertThat(done(eve, "search", "{'q':'before'}").at("/results")).isEmpty();
        assertThat(done(eve, "mentions", "{}").at("/results")).isEmpty();
    }

    @Test
    void savedMessagesCannotReachIntoAnotherRoom() throws Exception {
        String read = json("{'of':[{'room':'%s','seq':1}]}", room);
        assertThat(eve.ask("saved.read", read).at("/results")).isEmpty();
        done(ann, "save", "{'room':'%s','seq':1,'on':true}", room);
        assertThat(ann.ask("saved.read", read).toString()).contains("plum");
        assertThat(done(eve, "personal", "{}").at("/saved")).isEmpty();
        eve.settle();
        assertThat(eve.updates()).isEmpty();
    }

    @Test
    void aQuoteCannotReachIntoAnotherRoom() throws Exception {
        send(eve, "general", "mine");
        JsonNode refused =
                ask(eve, "msg.send", "{'room':'general','cmid':'q','text':'x','reply_to':2}");
        assertThat(code(refused)).isEqualTo("message_unknown");
        done(eve, "msg.send", "{'room':'general','cmid':'r','text':'x','reply_to':1}");
        eve.settle();
        assertThat(eve.updates().toString()).contains("reply_to").doesNotContain("plum");
    }

    @Test
    void theIdOfADirectRoomOfOthersIsUnknown() throws Exception {
        String direct = create(ann, "direct", "", id(greeted("Bob")));
        assertThat(code(ask(eve, "room.join", "{'room':'%s'}", direct))).isEqualTo("room_unknown");
        assertThat(code(ask(eve, "history", "{'room':'%s'}", direct))).isEqualTo("room_unknown");
    }
}
