package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.TestClient;
import io.natter.chat.web.WireTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Rooms and memberships, over the wire.
class RoomEventsTest extends WireTest {
    private TestClient ann; // set before each test
    private TestClient bob;
    private String annsId = "";
    private String bobsId = "";

    @BeforeEach
    void greet() throws Exception {
        ann = greeted("Ann");
        bob = greeted("Bob");
        annsId = id(ann);
        bobsId = id(bob);
    }

    @Test
    void aPublicRoomIsCreatedFoundAndJoined() throws Exception {
        JsonNode created =
                done(
                        ann,
                        "room.create",
                        "{'kind':'public','name':'Tea & Cake','topic':'  at\\n4 '}");
        JsonNode room = created.at("/room");
        String id = room.at("/id").asString();
        assertThat(room)
                .isEqualTo(
                        tree(
                                "{'id':'%s','kind':'public','slug':'tea-cake','name':'Tea & Cake','topic':'at 4',"
                                        + "'last_seq':0,'last_ver':0,'read_seq':0,'unread':0,'mentions':0,'level':'all','mine':true}",
                                id));
        assertThat(ann.next("me.ev"))
                .isEqualTo(tree("{'ver':2,'kind':'room','room':'%s','head':%s}", id, room));
        send(ann, id, "welcome");
        assertThat(done(bob, "room.find", "{'q':'Tea'}").at("/rooms"))
                .isEqualTo(
                        tree(
                                "[{'id':'%s','slug':'tea-cake','name':'Tea & Cake','topic':'at 4','members':1,'joined':false}]",
                                id));
        JsonNode joined = done(bob, "room.join", "{'room':'tea-cake'}").at("/room");
        assertThat(joined.at("/unread").asLong()).as("said before is history").isZero();
        assertThat(joined.at("/last_seq").asLong()).isEqualTo(1);
        assertThat(joined.has("mine")).isFalse();
        send(ann, id, "hello Bob");
        assertThat(bob.next("ev").at("/m/text").asString()).isEqualTo("hello Bob");
        assertThat(done(bob, "room.find", "{}").at("/rooms").findValuesAsString("slug"))
                .containsExactly("general", "tea-cake");
        assertThat(done(bob, "room.join", "{'room':'%s'}", id).at("/room/id").asString())
                .as("again")
                .isEqualTo(id);
    }

    @Test
    void allTabsOfAPersonEnterAndLeaveARoomTogether() throws Exception {
        String cookie = guest("Carl");
        TestClient one = client(cookie);
        one.hello();
        TestClient two = client(cookie);
        two.hello();
        String room = create(ann, "public", "Tea");
        done(one, "room.join", "{'room':'tea'}");
        assertThat(two.next("me.ev").at("/kind").asString()).isEqualTo("room");
        send(ann, room, "hi");
        assertThat(two.next("ev").at("/m/text").asString()).isEqualTo("hi");
        done(one, "room.leave", "{'room':'%s'}", room);
        assertThat(two.next("me.ev")).isEqualTo(tree("{'ver':3,'kind':'left','room':'%s'}", room));
        send(ann, room, "gone");
        send(ann, "general", "still here");
        assertThat(two.next("ev").at("/m/text").asString()).isEqualTo("still here");
        assertThat(two.hello().at("/rooms").findValuesAsString("id")).containsExactly("general");
    }

    @Test
    void aPrivateRoomIsEnteredByInvitationOnly() throws Exception {
        String room = create(ann, "private", "Plans");
        assertThat(code(ask(bob, "room.join", "{'room':'%s'}", room))).isEqualTo("room_unknown");
        done(ann, "room.invite", "{'room':'%s','people':['%s','%s']}", room, bobsId, annsId);
        JsonNode told = bob.next("me.ev");
        assertThat(told.at("/kind").asString()).isEqualTo("room");
        assertThat(told.at("/head/kind").asString()).isEqualTo("private");
        assertThat(told.at("/head/slug").asString()).isEqualTo("plans");
        send(ann, room, "hi");
        assertThat(bob.next("ev").at("/room").asString()).isEqualTo(room);
        TestClient carl = greeted("Carl");
        done(bob, "room.invite", "{'room':'%s','people':['%s']}", room, id(carl));
        assertThat(carl.next("me.ev").at("/room").asString()).isEqualTo(room);
    }

    @Test
    void aDirectRoomIsOneForTwoPeopleAndShownWithItsFirstMessage() throws Exception {
        JsonNode created = done(ann, "room.create", "{'kind':'direct','people':['%s']}", bobsId);
        String room = created.at("/room/id").asString();
        assertThat(created.at("/room/people").findValuesAsString("name")).containsExactly("Bob");
        assertThat(created.at("/room/name").asString()).isEmpty();
        assertThat(created.has("dup")).isFalse();
        bob.settle();
        assertThat(bob.has("me.ev")).isFalse();
        send(ann, room, "psst");
        JsonNode told = bob.next("me.ev");
        assertThat(told.at("/head/people").findValuesAsString("name")).containsExactly("Ann");
        assertThat(told.at("/head/unread").asLong()).isEqualTo(1);
        assertThat(told.at("/head/mentions").asLong()).isEqualTo(1);
        assertThat(bob.next("ev").at("/m/text").asString()).isEqualTo("psst");
        JsonNode again = done(bob, "room.create", "{'kind':'direct','people':['%s']}", annsId);
        assertThat(again.at("/room/id").asString()).isEqualTo(room);
        assertThat(again.at("/dup").asBoolean()).isTrue();
    }

    @Test
    void aDirectRoomThatWasLeftComesBackWithItsNextMessage() throws Exception {
        String room = create(ann, "direct", "", bobsId);
        send(ann, room, "one");
        bob.next("me.ev");
        bob.next("ev");
        done(bob, "room.leave", "{'room':'%s'}", room);
        assertThat(bob.next("me.ev").at("/kind").asString()).isEqualTo("left");
        assertThat(code(ask(bob, "history", "{'room':'%s'}", room))).isEqualTo("room_unknown");
        send(ann, room, "two");
        bob.settle();
        assertThat(bob.updates().stream().map(TestClient.Update::event).toList())
                .as("the room first, then its message")
                .endsWith("me.ev", "ev");
        assertThat(done(bob, "history", "{'room':'%s'}", room).at("/messages")).hasSize(2);
    }

    @Test
    void aGroupTellsItsMembersWhoIsInIt() throws Exception {
        String carlsId = id(greeted("Carl"));
        String room = create(ann, "group", "", bobsId);
        assertThat(bob.next("me.ev").at("/head/people").findValuesAsString("name"))
                .containsExactly("Ann");
        done(bob, "room.invite", "{'room':'%s','people':['%s']}", room, carlsId);
        assertThat(bob.next("me.ev").at("/head/people").findValuesAsString("name"))
                .containsExactly("Ann", "Carl");
        done(ann, "room.leave", "{'room':'%s'}", room);
        assertThat(bob.next("me.ev").at("/head/people").findValuesAsString("name"))
                .containsExactly("Carl");
    }

    @Test
    void aGroupHasNineMembersAtMost() throws Exception {
        String[] others = new String[8];
        for (int i = 0; i < 8; i++) {
            others[i] = id(greeted("Guest " + i));
        }
        String room = create(ann, "group", "", others);
        JsonNode refused = ask(ann, "room.invite", "{'room':'%s','people':['%s']}", room, bobsId);
        assertThat(code(refused)).isEqualTo("too_many_people");
        assertThat(done(ann, "members", "{'room':'%s'}", room).at("/count").asInt()).isEqualTo(9);
        String nine = String.join("','", others) + "','" + bobsId;
        assertThat(code(ask(ann, "room.create", "{'kind':'group','people':['%s']}", nine)))
                .isEqualTo("too_many_people");
    }

    @Test
    void renamingTellsEveryMember() throws Exception {
        String room = create(ann, "public", "Tea");
        done(bob, "room.join", "{'room':'tea'}");
        bob.next("me.ev");
        done(ann, "room.set", "{'room':'%s','name':'Coffee','topic':'black'}", room);
        JsonNode head = bob.next("me.ev").at("/head");
        assertThat(head.at("/name").asString()).isEqualTo("Coffee");
        assertThat(head.at("/slug").asString()).isEqualTo("coffee");
        assertThat(head.at("/topic").asString()).isEqualTo("black");
        assertThat(head.has("mine")).isFalse();
        done(ann, "room.set", "{'room':'%s','name':'COFFEE','topic':''}", room);
        assertThat(bob.next("me.ev").at("/head").has("topic")).isFalse();
        create(ann, "private", "Tea");
        assertThat(code(ask(ann, "room.set", "{'room':'%s','name':'tea!'}", room)))
                .isEqualTo("room_taken");
    }

    @Test
    void anArchivedRoomIsReadOnly() throws Exception {
        String room = create(ann, "public", "Tea");
        done(bob, "room.join", "{'room':'tea'}");
        send(ann, room, "one");
        done(ann, "room.archive", "{'room':'%s','on':true}", room);
        bob.next("me.ev");
        assertThat(bob.next("me.ev").at("/head/archived").asBoolean()).isTrue();
        for (String[] each :
                new String[][] {
                    {"msg.send", "{'room':'%s','cmid':'z','text':'x'}"},
                    {"msg.edit", "{'room':'%s','seq':1,'base_ver':1,'text':'x'}"},
                    {"msg.del", "{'room':'%s','seq':1}"},
                    {"react", "{'room':'%s','seq':1,'emoji':'👍','on':true}"},
                    {"pin", "{'room':'%s','seq':1,'on':true}"},
                    {"room.set", "{'room':'%s','name':'x'}"},
                    {"room.invite", "{'room':'%s','people':['" + bobsId + "']}"}
                }) {
            assertThat(code(ask(ann, each[0], each[1], room)))
                    .as(each[0])
                    .isEqualTo("room_archived");
        }
        assertThat(code(ask(greeted("Carl"), "room.join", "{'room':'tea'}")))
                .isEqualTo("room_archived");
        assertThat(done(bob, "room.find", "{'q':'tea'}").at("/rooms")).isEmpty();
        assertThat(done(bob, "history", "{'room':'%s'}", room).at("/messages")).hasSize(1);
        done(bob, "read", "{'room':'%s','seq':1}", room);
        done(bob, "level", "{'room':'%s','level':'none'}", room);
        done(ann, "room.archive", "{'room':'%s','on':false}", room);
        send(bob, room, "two");
        done(ann, "room.archive", "{'room':'%s','on':true}", room);
        done(bob, "room.leave", "{'room':'%s'}", room);
    }

    @Test
    void readingGoesForwardAndMarkingUnreadGoesBack() throws Exception {
        String cookie = guest("Carl");
        TestClient carl = client(cookie);
        carl.hello();
        TestClient tab = client(cookie);
        tab.hello();
        for (int i = 0; i < 3; i++) {
            send(ann, "general", "hi");
        }
        done(carl, "read", "{'room':'general','seq':9}");
        assertThat(tab.next("me.ev"))
                .isEqualTo(
                        tree(
                                "{'ver':2,'kind':'read','room':'general','read_seq':3,'unread':0,'mentions':0}"));
        assertThat(done(carl, "read", "{'room':'general','seq':1}").at("/read_seq").asLong())
                .isEqualTo(3);
        assertThat(done(carl, "unread", "{'room':'general','seq':2}").at("/read_seq").asLong())
                .isEqualTo(1);
        JsonNode moved = tab.next("me.ev");
        assertThat(moved.at("/ver").asLong())
                .as("nothing was told of what changed nothing")
                .isEqualTo(3);
        assertThat(moved.at("/unread").asLong()).isEqualTo(2);
        assertThat(done(carl, "unread", "{'room':'general','seq':-7}").at("/read_seq").asLong())
                .isZero();
        assertThat(tab.hello().at("/me_ver").asLong()).isEqualTo(4);
    }

    @Test
    void theLevelIsToldToTheOtherTabs() throws Exception {
        done(ann, "level", "{'room':'general','level':'mentions'}");
        assertThat(ann.next("me.ev"))
                .isEqualTo(tree("{'ver':2,'kind':'level','room':'general','level':'mentions'}"));
        assertThat(ann.hello().at("/rooms/0/level").asString()).isEqualTo("mentions");
        ann.settle();
        assertThat(bob.has("me.ev")).isFalse();
    }

    @Test
    void membersAreListedWithWhoIsOnline() throws Exception {
        TestClient carl = greeted("Carl");
        String room = create(ann, "private", "Plans", bobsId, id(carl));
        carl.close();
        awaitOffline("Carl");
        JsonNode members = done(ann, "members", "{'room':'%s'}", room);
        assertThat(members.at("/people").findValuesAsString("name"))
                .as("who is online first")
                .containsExactly("Ann", "Bob", "Carl");
        assertThat(members.at("/people/2/online").asBoolean()).isFalse();
        assertThat(members.at("/people/1/hue").asInt()).isEqualTo(1);
        assertThat(members.at("/count").asInt()).isEqualTo(3);
        assertThat(members.at("/online").asInt()).isEqualTo(2);
        JsonNode filtered = done(ann, "members", "{'room':'%s','q':'BO','limit':1}", room);
        assertThat(filtered.at("/people").findValuesAsString("name")).containsExactly("Bob");
        assertThat(filtered.at("/count").asInt()).isEqualTo(3);
        assertThat(done(bob, "people", "{'q':'a'}").at("/people").findValuesAsString("name"))
                .containsExactly("Ann", "Carl");
    }

    private void awaitOffline(String name) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            clock.advance(Duration.ofSeconds(15));
                            return !ann.hello()
                                    .at("/online")
                                    .findValuesAsString("name")
                                    .contains(name);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "room.create; {'kind':'castle','name':'x'}; bad_request",
                "room.create; {'name':'x'}; bad_request",
                "room.create; {'kind':'public'}; room_name_empty",
                "room.create; {'kind':'public','name':' '}; room_name_empty",
                "room.create; {'kind':'public','name':'?!'}; room_name_invalid",
                "room.create; {'kind':'public','name':'a\u202eb'}; room_name_invalid",
                "room.create; {'kind':'public','name':'1234567890123456789012345678901234567890x'}; room_name_too_long",
                "room.create; {'kind':'private','name':'General'}; room_taken",
                "room.create; {'kind':'public','name':'ＧＥＮＥＲＡＬ!'}; room_taken",
                "room.create; {'kind':'direct'}; bad_request",
                "room.create; {'kind':'direct','people':['@ME']}; bad_request",
                "room.create; {'kind':'direct','people':['a','b']}; too_many_people",
                "room.create; {'kind':'direct','people':['nobody']}; person_unknown",
                "room.create; {'kind':'group','people':[null]}; bad_request",
                "room.create; {'kind':'group','people':['nobody']}; person_unknown",
                "room.create; {'kind':'public','name':'x','people':['nobody']}; person_unknown",
                "room.set; {'room':'general','name':'x'}; not_allowed",
                "room.set; {'room':'THEIRS','name':'x'}; not_yours",
                "room.archive; {'room':'general','on':true}; not_allowed",
                "room.archive; {'room':'THEIRS','on':true}; not_yours",
                "room.archive; {'room':'THEIRS'}; bad_request",
                "room.leave; {'room':'general'}; not_allowed",
                "room.leave; {'room':'nowhere'}; room_unknown",
                "room.join; {'room':'nowhere'}; room_unknown",
                "room.join; {}; bad_request",
                "room.invite; {'room':'THEIRS','people':['nobody']}; person_unknown",
                "room.invite; {'room':'THEIRS'}; bad_request",
                "room.invite; {'room':'nowhere','people':['@ME']}; room_unknown",
                "level; {'room':'general','level':'loud'}; bad_request",
                "level; {'room':'nowhere','level':'all'}; room_unknown",
                "members; {'room':'nowhere'}; room_unknown",
                "unread; {'room':'nowhere','seq':1}; room_unknown",
            })
    void aRefusalHasItsCode(String event, String request, String code) throws Exception {
        String theirs = create(ann, "public", "Theirs");
        done(bob, "room.join", "{'room':'theirs'}");
        bob.settle();
        bob.updates();
        JsonNode refused =
                ask(bob, event, request.replace("THEIRS", theirs).replace("@ME", bobsId));
        assertThat(code(refused)).isEqualTo(code);
        assertThat(refused.at("/err/permanent").asBoolean()).isTrue();
        bob.settle();
        assertThat(bob.updates()).as("nothing of it stays").isEmpty();
    }

    @Test
    void aTopicHasItsBound() throws Exception {
        String room = create(ann, "public", "Tea");
        assertThat(code(ask(ann, "room.set", "{'room':'%s','topic':'%s'}", room, "x".repeat(251))))
                .isEqualTo("topic_too_long");
        done(ann, "room.set", "{'room':'%s','topic':'%s'}", room, "x".repeat(250));
    }

    @Test
    void directRoomsKeepTheirPeopleAndName() throws Exception {
        String room = create(ann, "direct", "", bobsId);
        String carlsId = id(greeted("Carl"));
        for (String[] each :
                new String[][] {
                    {"room.invite", "{'room':'%s','people':['" + carlsId + "']}"},
                    {"room.set", "{'room':'%s','name':'x'}"},
                    {"room.archive", "{'room':'%s','on':true}"}
                }) {
            assertThat(code(ask(ann, each[0], each[1], room))).as(each[0]).isEqualTo("not_allowed");
        }
    }

    @Test
    void changesOfRoomsAreLimited() throws Exception {
        for (int i = 0; i < 10; i++) {
            create(ann, "public", "Room " + i);
        }
        JsonNode refused = ask(ann, "room.create", "{'kind':'public','name':'One more'}");
        assertThat(code(refused)).isEqualTo("rate");
        assertThat(refused.at("/err/retry_after_ms").asLong()).isEqualTo(1000);
    }

    @Test
    void helloGivesWhatIsMissingOfTheRoomsThatTheClientNames() throws Exception {
        String room = create(ann, "public", "Tea");
        send(ann, room, "one");
        send(ann, "general", "two");
        String epoch = ann.hello().at("/epoch").asString();
        JsonNode welcome =
                done(
                        ann,
                        "hello",
                        "{'proto':2,'device':'d','epoch':'%s','me_ver':1,'rooms':{'%s':0,'gone':5}}",
                        epoch,
                        room);
        assertThat(welcome.at("/delta").propertyNames()).containsExactly(room);
        assertThat(welcome.at("/delta/" + room + "/changes").findValuesAsString("text"))
                .containsExactly("one");
        assertThat(welcome.at("/me_ver").asLong()).isEqualTo(2);
        assertThat(welcome.at("/rooms")).hasSize(2);
        assertThat(code(ask(ann, "hello", "{'proto':1,'device':'d','rooms':{}}")))
                .isEqualTo("bad_request");
    }
}
