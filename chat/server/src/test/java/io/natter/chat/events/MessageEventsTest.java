package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.TestClient;
import io.natter.chat.web.WireTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The actions on a message, over the wire.
class MessageEventsTest extends WireTest {
    private TestClient ann; // set before each test
    private TestClient bob;

    @BeforeEach
    void greet() throws Exception {
        ann = greeted("Ann");
        bob = greeted("Bob");
    }

    private JsonNode next(TestClient client, String kind) throws Exception {
        JsonNode ev = client.next("ev");
        while (!ev.at("/kind").asString().equals(kind)) {
            ev = client.next("ev");
        }
        return ev;
    }

    @Test
    void editReplacesTheTextAndKeepsTheOldOne() throws Exception {
        send(ann, "general", "frist");
        long sentAt = clock.millis();
        clock.advance(Duration.ofMinutes(1));
        assertThat(ask(ann, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'first'}"))
                .isEqualTo(tree("{'edited_at':%d,'ok':true,'ver':2}", clock.millis()));
        JsonNode ev = next(bob, "edit");
        assertThat(ev.at("/ver").asLong()).isEqualTo(2);
        assertThat(ev.at("/seq").asLong()).isEqualTo(1);
        assertThat(ev.at("/m/text").asString()).isEqualTo("first");
        assertThat(ev.at("/m/edited_at").asLong()).isEqualTo(clock.millis());
        assertThat(ask(bob, "edits", "{'room':'general','seq':1}"))
                .isEqualTo(
                        tree(
                                "{'ok':true,'versions':[{'text':'frist','ts':%d},{'text':'first','ts':%d}]}",
                                sentAt, clock.millis()));
    }

    @Test
    void anEditOfAnOlderTextIsAConflictThatCarriesTheMessage() throws Exception {
        send(ann, "general", "one");
        done(ann, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'two'}");
        JsonNode refused =
                ask(ann, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'three'}");
        assertThat(code(refused)).isEqualTo("conflict");
        assertThat(refused.at("/err/permanent").asBoolean()).isTrue();
        assertThat(refused.at("/message/text").asString()).isEqualTo("two");
        assertThat(refused.at("/message/ver").asLong()).isEqualTo(2);
    }

    @Test
    void aReactionIsNoConflictAndTheSameTextIsNoEdit() throws Exception {
        send(ann, "general", "one");
        done(bob, "react", "{'room':'general','seq':1,'emoji':'👍','on':true}");
        assertThat(
                        done(
                                        ann,
                                        "msg.edit",
                                        "{'room':'general','seq':1,'base_ver':1,'text':'two'}")
                                .at("/ver")
                                .asLong())
                .isEqualTo(3);
        assertThat(
                        done(
                                        ann,
                                        "msg.edit",
                                        "{'room':'general','seq':1,'base_ver':1,'text':'two'}")
                                .at("/ver")
                                .asLong())
                .as("the answer was lost, and the client asks again")
                .isEqualTo(3);
    }

    @Test
    void aDeletedMessageIsATombstoneWithoutAnythingOfTheText() throws Exception {
        send(ann, "general", "secret <@" + id(bob) + ">");
        done(ann, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'also secret'}");
        done(bob, "react", "{'room':'general','seq':1,'emoji':'👍','on':true}");
        done(bob, "pin", "{'room':'general','seq':1,'on':true}");
        assertThat(ask(ann, "msg.del", "{'room':'general','seq':1}"))
                .isEqualTo(tree("{'ok':true,'ver':5}"));
        assertThat(ask(ann, "msg.del", "{'room':'general','seq':1}"))
                .as("again")
                .isEqualTo(tree("{'ok':true,'ver':5}"));
        JsonNode m = next(bob, "del").at("/m");
        assertThat(m.propertyNames())
                .containsExactlyInAnyOrder("seq", "ver", "ts", "cmid", "sender", "text", "deleted");
        assertThat(m.at("/text").asString()).isEmpty();
        assertThat(ask(bob, "edits", "{'room':'general','seq':1}"))
                .isEqualTo(tree("{'ok':true,'versions':[]}"));
        assertThat(done(bob, "pins", "{'room':'general'}").at("/messages")).isEmpty();
        assertThat(done(bob, "search", "{'q':'secret'}").at("/results")).isEmpty();
        assertThat(done(bob, "mentions", "{}").at("/results")).isEmpty();
    }

    @Test
    void aResendIsAnsweredAsTheFirstTimeAlsoAfterAnEditAndADeletion() throws Exception {
        String send = "{'room':'general','cmid':'c','text':'one'}";
        JsonNode first = done(ann, "msg.send", send);
        done(ann, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'two'}");
        assertThat(done(ann, "msg.send", send))
                .isEqualTo(
                        tree(
                                "{'dup':true,'ok':true,'seq':1,'ts':%d,'ver':1}",
                                first.at("/ts").asLong()));
        assertThat(code(ask(ann, "msg.send", "{'room':'general','cmid':'c','text':'two'}")))
                .isEqualTo("cmid_reused");
        done(ann, "msg.del", "{'room':'general','seq':1}");
        assertThat(done(ann, "msg.send", send).at("/dup").asBoolean()).isTrue();
    }

    @Test
    void reactionsAreASetInTheOrderOfTheirFirstUse() throws Exception {
        send(ann, "general", "hi");
        done(ann, "react", "{'room':'general','seq':1,'emoji':'👍','on':true}");
        done(bob, "react", "{'room':'general','seq':1,'emoji':'🎉','on':true}");
        done(bob, "react", "{'room':'general','seq':1,'emoji':'👍','on':true}");
        assertThat(
                        done(bob, "react", "{'room':'general','seq':1,'emoji':'👍','on':true}")
                                .at("/ver")
                                .asLong())
                .isEqualTo(4);
        JsonNode m = row(1);
        assertThat(m.at("/reactions").findValuesAsString("emoji")).containsExactly("👍", "🎉");
        assertThat(m.at("/reactions/0/people").findValuesAsString("name"))
                .containsExactly("Ann", "Bob");
        assertThat(m.at("/reactions/0/count").asInt()).isEqualTo(2);
        done(ann, "react", "{'room':'general','seq':1,'emoji':'👍','on':false}");
        done(bob, "react", "{'room':'general','seq':1,'emoji':'👍','on':false}");
        assertThat(row(1).at("/reactions").findValuesAsString("emoji")).containsExactly("🎉");
    }

    private JsonNode row(long seq) {
        return done(ann, "history", "{'room':'general','around':%d,'limit':1}", seq)
                .at("/messages/0");
    }

    @Test
    void aReactionListsTwentyPeopleAndCountsAll() throws Exception {
        send(ann, "general", "hi");
        for (int i = 0; i < 22; i++) {
            done(
                    greeted("Guest " + i),
                    "react",
                    "{'room':'general','seq':1,'emoji':'👍','on':true}");
        }
        JsonNode reaction = row(1).at("/reactions/0");
        assertThat(reaction.at("/count").asInt()).isEqualTo(22);
        assertThat(reaction.at("/people").findValuesAsString("name"))
                .hasSize(20)
                .startsWith("Guest 0", "Guest 1");
    }

    @Test
    void aMessageTakesTwentyDifferentEmoji() throws Exception {
        send(ann, "general", "hi");
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(1));
            String emoji = Character.toString(0x1F600 + i);
            done(ann, "react", "{'room':'general','seq':1,'emoji':'%s','on':true}", emoji);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(code(ask(ann, "react", "{'room':'general','seq':1,'emoji':'👍','on':true}")))
                .isEqualTo("too_many_reactions");
        done(bob, "react", "{'room':'general','seq':1,'emoji':'😀','on':true}");
    }

    @Test
    void reactionsAreLimitedToFiveASecond() throws Exception {
        send(ann, "general", "hi");
        for (int i = 0; i < 10; i++) {
            done(ann, "react", "{'room':'general','seq':1,'emoji':'👍','on':%b}", i % 2 == 0);
        }
        JsonNode refused = ask(ann, "react", "{'room':'general','seq':1,'emoji':'👍','on':true}");
        assertThat(code(refused)).isEqualTo("rate");
        assertThat(refused.at("/err/retry_after_ms").asLong()).isEqualTo(200);
    }

    @Test
    void aReplyQuotesTheMessageAsItIsNow() throws Exception {
        send(ann, "general", "x".repeat(139) + "👋");
        done(bob, "msg.send", "{'room':'general','cmid':'r','text':'yes','reply_to':1}");
        JsonNode quote = next(ann, "msg").at("/m/reply_to");
        if (quote.isMissingNode()) {
            quote = next(ann, "msg").at("/m/reply_to");
        }
        assertThat(quote.at("/seq").asLong()).isEqualTo(1);
        assertThat(quote.at("/sender/name").asString()).isEqualTo("Ann");
        assertThat(quote.at("/text").asString()).isEqualTo("x".repeat(139));
        done(ann, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'short'}");
        assertThat(row(2).at("/reply_to/text").asString()).isEqualTo("short");
        done(ann, "msg.del", "{'room':'general','seq':1}");
        assertThat(row(2).at("/reply_to/text").asString()).isEmpty();
        assertThat(row(2).at("/reply_to/deleted").asBoolean()).isTrue();
    }

    @Test
    void pinsAreListedTheLastPinnedFirst() throws Exception {
        for (String text : List.of("one", "two", "three")) {
            send(ann, "general", text);
        }
        done(bob, "pin", "{'room':'general','seq':3,'on':true}");
        done(bob, "pin", "{'room':'general','seq':1,'on':true}");
        assertThat(next(ann, "pin").at("/m/pinned").asBoolean()).isTrue();
        assertThat(
                        done(ann, "pins", "{'room':'general'}")
                                .at("/messages")
                                .findValuesAsString("text"))
                .containsExactly("one", "three");
        done(ann, "pin", "{'room':'general','seq':1,'on':false}");
        assertThat(done(ann, "pin", "{'room':'general','seq':1,'on':false}").at("/ver").asLong())
                .isEqualTo(6);
        assertThat(
                        done(ann, "pins", "{'room':'general'}")
                                .at("/messages")
                                .findValuesAsString("text"))
                .containsExactly("three");
    }

    @Test
    void aRoomTakesFiftyPins() throws Exception {
        for (int i = 1; i <= 51; i++) {
            clock.advance(Duration.ofSeconds(3));
            send(ann, "general", "m" + i);
            JsonNode pinned = ask(ann, "pin", "{'room':'general','seq':%d,'on':true}", i);
            assertThat(code(pinned)).isEqualTo(i <= 50 ? "" : "too_many_pins");
        }
    }

    @Test
    void mentionsAreCountedListedAndRead() throws Exception {
        String bobsId = id(bob);
        send(ann, "general", "hello <@" + bobsId + ">");
        send(ann, "general", "all of you <@room>");
        send(ann, "general", "nobody");
        send(bob, "general", "myself <@" + bobsId + ">");
        done(bob, "unread", "{'room':'general','seq':1}");
        JsonNode head = bob.hello().at("/rooms/0");
        assertThat(head.at("/unread").asLong()).isEqualTo(4);
        assertThat(head.at("/mentions").asLong()).isEqualTo(2);
        JsonNode page = done(bob, "mentions", "{'limit':1}");
        assertThat(page.at("/more").asBoolean()).isTrue();
        assertThat(page.at("/results/0/m/seq").asLong()).isEqualTo(2);
        JsonNode rest =
                done(
                        bob,
                        "mentions",
                        "{'limit':5,'before':[%d,'general',2]}",
                        page.at("/results/0/m/ts").asLong());
        assertThat(rest.at("/more").asBoolean()).isFalse();
        assertThat(rest.at("/results/0/m/seq").asLong()).isEqualTo(1);
        assertThat(rest.at("/results/0/m/mentions/0/name").asString()).isEqualTo("Bob");
        assertThat(rest.at("/results/0/room").asString()).isEqualTo("general");
        done(bob, "read", "{'room':'general','seq':1}");
        assertThat(bob.hello().at("/rooms/0/mentions").asLong()).isEqualTo(1);
    }

    @Test
    void anEditTellsThoseWhoseMentionsChanged() throws Exception {
        String bobsId = id(bob);
        send(ann, "general", "hello");
        done(
                ann,
                "msg.edit",
                "{'room':'general','seq':1,'base_ver':1,'text':'hello <@%s>'}",
                bobsId);
        assertThat(bob.next("me.ev"))
                .isEqualTo(
                        tree(
                                "{'kind':'read','mentions':1,'read_seq':0,'room':'general','unread':1,'ver':2}"));
        done(ann, "msg.del", "{'room':'general','seq':1}");
        assertThat(bob.next("me.ev").at("/mentions").asLong()).isZero();
        ann.settle();
        assertThat(ann.has("me.ev")).isFalse();
    }

    @Test
    void searchFindsPartsOfWordsTheNewestFirst() throws Exception {
        send(ann, "general", "Deployment at noon");
        send(bob, "general", "the deploy failed 100%");
        send(ann, "general", "東京タワーへ行く");
        assertThat(found("{'q':'DEPLOY'}")).containsExactly(2L, 1L);
        assertThat(found("{'q':'ploy noo'}")).containsExactly(1L);
        assertThat(found("{'q':'京タワ'}")).containsExactly(3L);
        assertThat(found("{'q':'京'}")).as("below three characters").containsExactly(3L);
        assertThat(found("{'q':'0%'}")).containsExactly(2L);
        assertThat(found("{'q':'at deploy'}")).containsExactly(1L);
        assertThat(found("{'q':'deploy','from':'%s'}", id(bob))).containsExactly(2L);
        assertThat(found("{'q':'deploy','before':%d}", clock.millis())).isEmpty();
        assertThat(found("{'q':'deploy','after':%d}", clock.millis())).hasSize(2);
        assertThat(found("{'q':'deploy','room':'elsewhere'}")).isEmpty();
        assertThat(found("{'q':'\\\"dep OR NEAR('}")).isEmpty();
        assertThat(done(ann, "search", "{'q':'deploy','limit':1}").at("/more").asBoolean())
                .isTrue();
    }

    private List<Long> found(String json, Object... arguments) {
        return done(ann, "search", json.replace("0%'", "0%%'"), arguments)
                .at("/results")
                .valueStream()
                .map(result -> result.at("/m/seq").asLong())
                .toList();
    }

    @Test
    void aFullPageOfTheLongestMessagesArrives() throws Exception {
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(2));
            send(ann, "general", "東".repeat(8000));
        }
        clock.advance(Duration.ofSeconds(2));
        assertThat(done(bob, "history", "{'room':'general','limit':100}").at("/messages"))
                .hasSize(100);
    }

    @Test
    void onlyTheSenderEditsAndDeletes() throws Exception {
        send(ann, "general", "mine");
        assertThat(code(ask(bob, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'x'}")))
                .isEqualTo("not_yours");
        assertThat(code(ask(bob, "msg.del", "{'room':'general','seq':1}"))).isEqualTo("not_yours");
    }

    @Test
    void theCreatorOfARoomDeletesWhatOthersSaid() throws Exception {
        String room = create(ann, "public", "Kitchen");
        done(bob, "room.join", "{'room':'kitchen'}");
        send(bob, room, "spam");
        done(ann, "msg.del", "{'room':'%s','seq':1}", room);
        assertThat(next(bob, "del").at("/m/deleted").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "msg.edit; {'room':'general','seq':9,'base_ver':1,'text':'x'}; message_unknown",
                "msg.edit; {'room':'general','seq':1,'base_ver':1,'text':' '}; text_empty",
                "msg.edit; {'room':'general','seq':1,'text':'x'}; bad_request",
                "msg.edit; {'room':'general','seq':2,'base_ver':9,'text':'x'}; deleted",
                "msg.edit; {'room':'nowhere','seq':1,'base_ver':1,'text':'x'}; room_unknown",
                "msg.del; {'room':'general','seq':0}; message_unknown",
                "msg.del; {'room':'general'}; bad_request",
                "msg.send; {'room':'general','cmid':'q','text':'x','reply_to':9}; message_unknown",
                "react; {'room':'general','seq':9,'emoji':'👍','on':true}; message_unknown",
                "react; {'room':'general','seq':2,'emoji':'👍','on':true}; deleted",
                "react; {'room':'general','seq':1,'emoji':'👍'}; bad_request",
                "pin; {'room':'general','seq':2,'on':true}; deleted",
                "pin; {'room':'general','seq':9,'on':true}; message_unknown",
                "pins; {'room':'nowhere'}; room_unknown",
                "edits; {'room':'general','seq':9}; message_unknown",
                "search; {'q':' \u200b '}; query_empty",
                "search; {}; query_empty",
                "mentions; {'before':[1,2,3]}; bad_request",
                "mentions; {'before':'x'}; bad_request",
                "history; {'room':'nowhere'}; room_unknown",
                "sync; {'room':'general'}; bad_request",
            })
    void aRefusalHasItsCode(String event, String request, String code) throws Exception {
        send(ann, "general", "one");
        send(ann, "general", "two");
        done(ann, "msg.del", "{'room':'general','seq':2}");
        JsonNode refused = ask(ann, event, request);
        assertThat(code(refused)).isEqualTo(code);
        assertThat(refused.at("/err/permanent").asBoolean()).isTrue();
        assertThat(refused.at("/err/message").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1",
                "#",
                "👍👍",
                "👍 ",
                "👍a",
                ":+1:",
                "<b>",
                "\u200d",
                "\ufe0f",
                "👍\u0301",
                "🇩",
                "é",
                "字"
            })
    void whatIsNoEmojiIsRefused(String text) throws Exception {
        send(ann, "general", "hi");
        assertThat(
                        code(
                                ask(
                                        ann,
                                        "react",
                                        "{'room':'general','seq':1,'emoji':'%s','on':true}",
                                        text)))
                .isEqualTo("bad_emoji");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "👍🏽",
                "👩‍👩‍👧‍👦",
                "🇩🇪",
                "1️⃣",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "❤️‍🔥",
                "👩🏽‍🚀",
                "☕",
                "🫶"
            })
    void anEmojiIsKeptAsItIs(String emoji) throws Exception {
        send(ann, "general", "hi");
        done(ann, "react", "{'room':'general','seq':1,'emoji':'%s','on':true}", emoji);
        assertThat(row(1).at("/reactions/0/emoji").asString()).isEqualTo(emoji);
    }

    @Test
    void theSameEmojiInTwoStylesIsOneReaction() throws Exception {
        send(ann, "general", "hi");
        done(ann, "react", "{'room':'general','seq':1,'emoji':'❤','on':true}");
        done(bob, "react", "{'room':'general','seq':1,'emoji':'❤\ufe0f','on':true}");
        assertThat(row(1).at("/reactions/0/count").asInt()).isEqualTo(2);
    }
}
