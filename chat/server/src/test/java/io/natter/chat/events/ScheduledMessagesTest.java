package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.AccountTest;
import io.natter.chat.web.TestClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Messages that are sent later: once, at their time, by the rules of that time.
class ScheduledMessagesTest extends AccountTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private String anns = "";
    private TestClient owner; // set before each test
    private TestClient ann;
    private String room = "";

    @BeforeEach
    void greet() throws Exception {
        owner = greet(owner("Olga"));
        anns = signUp("Ann");
        ann = greet(anns);
        room = create(owner, "private", "Tea", id(ann));
        for (TestClient client : List.of(owner, ann)) {
            client.settle();
            while (client.has("me.ev")) {
                client.next("me.ev");
            }
        }
    }

    private JsonNode schedule(String cmid, String text, Duration in) {
        return done(
                ann,
                "later.add",
                "{'room':'%s','cmid':'%s','text':'%s','send_at':%d}",
                room,
                cmid,
                text,
                clock.millis() + in.toMillis());
    }

    private void goOn(Duration by) {
        clock.advance(by);
        server.runDue();
    }

    private List<String> texts() {
        return done(owner, "history", "{'room':'%s'}", room)
                .at("/messages")
                .valueStream()
                .map(message -> message.at("/text").asString())
                .toList();
    }

    private JsonNode waiting() {
        return done(ann, "personal", "{}").at("/scheduled");
    }

    @Test
    void aMessageIsSentOnceAtItsTime() {
        schedule("a", "later", HOUR);
        schedule("b", "sooner", Duration.ofMinutes(30));
        assertThat(waiting().findValuesAsString("cmid")).containsExactly("b", "a");
        goOn(HOUR.minusMillis(1));
        assertThat(texts()).containsExactly("sooner");
        goOn(Duration.ofMillis(1));
        goOn(HOUR);
        assertThat(texts()).containsExactly("sooner", "later");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void theMessageIsLikeAnyOther() throws Exception {
        send(owner, room, "hello");
        String olga = id(owner);
        done(
                ann,
                "later.add",
                "{'room':'%s','cmid':'a','text':'hi <@%s>','reply_to':1,'send_at':%d}",
                room,
                olga,
                clock.millis() + 1);
        goOn(HOUR);
        JsonNode sent = done(owner, "history", "{'room':'%s'}", room).at("/messages/1");
        assertThat(sent.at("/reply_to/seq").asLong()).isEqualTo(1);
        assertThat(sent.at("/mentions/0/id").asString()).isEqualTo(olga);
        assertThat(sent.at("/ts").asLong()).isEqualTo(clock.millis());
        assertThat(done(owner, "mentions", "{}").at("/results")).hasSize(1);
    }

    @Test
    void everyTabIsToldOfIt() throws Exception {
        TestClient tab = client(anns);
        tab.hello();
        schedule("a", "later", HOUR);
        assertThat(tab.next("me.ev").at("/scheduled/text").asString()).isEqualTo("later");
        goOn(HOUR);
        JsonNode gone = tab.next("me.ev");
        assertThat(gone.at("/cmid").asString()).isEqualTo("a");
        assertThat(gone.has("scheduled")).isFalse();
        owner.settle();
        assertThat(owner.has("me.ev")).isFalse();
    }

    @Test
    void theSameRequestAgainSchedulesNothingMore() {
        schedule("a", "later", HOUR);
        schedule("a", "later", HOUR);
        assertThat(waiting()).hasSize(1);
        JsonNode other =
                ask(
                        ann,
                        "later.add",
                        "{'room':'%s','cmid':'a','text':'other','send_at':%d}",
                        room,
                        clock.millis() + 1000);
        assertThat(code(other)).isEqualTo("cmid_reused");
        goOn(HOUR);
        JsonNode late =
                ask(
                        ann,
                        "later.add",
                        "{'room':'%s','cmid':'a','text':'later','send_at':%d}",
                        room,
                        clock.millis() + 1000);
        assertThat(code(late)).as("it is sent already").isEqualTo("cmid_reused");
        assertThat(texts()).containsExactly("later");
    }

    @Test
    void textAndTimeCanBeChanged() {
        schedule("a", "later", HOUR);
        done(ann, "later.set", "{'cmid':'a','text':'much later'}");
        done(ann, "later.set", "{'cmid':'a','send_at':%d}", clock.millis() + 2 * HOUR.toMillis());
        goOn(HOUR);
        assertThat(texts()).isEmpty();
        goOn(HOUR);
        assertThat(texts()).containsExactly("much later");
        assertThat(code(ask(ann, "later.set", "{'cmid':'a','text':'x'}")))
                .isEqualTo("scheduled_unknown");
    }

    @Test
    void aMessageCanBeCancelledOrSentNow() {
        schedule("a", "never", HOUR);
        schedule("b", "now", HOUR);
        done(ann, "later.cancel", "{'cmid':'a'}");
        done(ann, "later.cancel", "{'cmid':'a'}");
        assertThat(done(ann, "later.send", "{'cmid':'b'}").at("/seq").asLong()).isEqualTo(1);
        assertThat(code(ask(ann, "later.send", "{'cmid':'b'}"))).isEqualTo("scheduled_unknown");
        goOn(HOUR);
        assertThat(texts()).containsExactly("now");
    }

    @Test
    void aRestartLosesNothingAndSendsNothingTwice() throws Exception {
        schedule("a", "before", Duration.ofMinutes(1));
        schedule("b", "meanwhile", Duration.ofMinutes(10));
        schedule("c", "after", HOUR);
        goOn(Duration.ofMinutes(1));
        server.close();
        clock.advance(Duration.ofMinutes(20));
        start();
        owner = greet(entered(signingIn("Olga", PASSWORD)));
        ann = greet(anns);
        server.runDue();
        assertThat(texts()).containsExactly("before", "meanwhile");
        goOn(HOUR);
        assertThat(texts()).containsExactly("before", "meanwhile", "after");
    }

    @Test
    void theAuthorNeedsNoSocket() {
        schedule("a", "from afar", HOUR);
        ann.close();
        goOn(HOUR);
        assertThat(texts()).containsExactly("from afar");
    }

    // ---- files

    private String uploaded(String token) throws Exception {
        byte[] content = {1, 2, 3};
        HttpResponse<String> begun =
                post(anns, "/api/files", "{'token':'%s','name':'a.bin','size':3}", token);
        String id = json(begun).at("/id").asString();
        HttpResponse<String> arrived =
                send(
                        HttpRequest.newBuilder(uri("/api/files/" + id))
                                .header("Cookie", anns)
                                .header("X-Natter", "1")
                                .header("Upload-Offset", "0")
                                .method("PATCH", BodyPublishers.ofByteArray(content)));
        assertThat(arrived.statusCode()).as(arrived.body()).isEqualTo(200);
        return id;
    }

    private JsonNode scheduleFile(String cmid, String text, String file) {
        return ask(
                ann,
                "later.add",
                "{'room':'%s','cmid':'%s','text':'%s','files':[{'id':'%s','alt':'plan'}],'send_at':%d}",
                room,
                cmid,
                text,
                file,
                clock.millis() + 3 * HOUR.toMillis());
    }

    private int status(String who, String file) throws Exception {
        return get(who, "/files/" + file).statusCode();
    }

    @Test
    void itsFilesStayUntilItIsSent() throws Exception {
        String file = uploaded("t");
        JsonNode kept = scheduleFile("a", "", file).at("/scheduled");
        assertThat(kept.at("/files/0/name").asString()).isEqualTo("a.bin");
        assertThat(kept.at("/files/0/alt").asString()).isEqualTo("plan");
        assertThat(waiting().at("/0/files/0/id").asString()).isEqualTo(file);
        clock.advance(HOUR.multipliedBy(2));
        server.sweepFiles();
        assertThat(status(anns, file)).isEqualTo(200);
        assertThat(
                        send(HttpRequest.newBuilder(uri("/api/files/" + file))
                                        .header("Cookie", anns)
                                        .header("X-Natter", "1")
                                        .DELETE())
                                .statusCode())
                .isLessThan(300);
        assertThat(status(anns, file))
                .as("the end of an upload takes it from nothing")
                .isEqualTo(200);
        done(ann, "later.set", "{'cmid':'a','text':'with a plan'}");
        goOn(HOUR);
        JsonNode sent = done(owner, "history", "{'room':'%s'}", room).at("/messages/0");
        assertThat(sent.at("/text").asString()).isEqualTo("with a plan");
        assertThat(sent.at("/files/0/id").asString()).isEqualTo(file);
        assertThat(sent.at("/files/0/alt").asString()).isEqualTo("plan");
        clock.advance(HOUR.multipliedBy(2));
        server.sweepFiles();
        assertThat(status(anns, file)).isEqualTo(200);
    }

    @Test
    void theFilesOfACancelledMessageGoAnHourLater() throws Exception {
        String file = uploaded("t");
        scheduleFile("a", "with a plan", file);
        clock.advance(HOUR.multipliedBy(2));
        done(ann, "later.cancel", "{'cmid':'a'}");
        server.sweepFiles();
        assertThat(scheduleFile("b", "again", file).has("ok")).as("undone").isTrue();
        done(ann, "later.cancel", "{'cmid':'b'}");
        clock.advance(HOUR);
        server.sweepFiles();
        assertThat(status(anns, file)).isEqualTo(404);
        assertThat(code(scheduleFile("c", "too late", file))).isEqualTo("file_unknown");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aFileBelongsToOneMessage() throws Exception {
        String file = uploaded("t");
        scheduleFile("a", "with a plan", file);
        assertThat(code(scheduleFile("b", "also", file))).isEqualTo("file_unknown");
        JsonNode sent =
                ask(
                        ann,
                        "msg.send",
                        "{'room':'%s','cmid':'x','text':'','files':[{'id':'%s'}]}",
                        room,
                        file);
        assertThat(code(sent)).isEqualTo("file_unknown");
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void aRefusedMessageKeepsItsFiles() throws Exception {
        String file = uploaded("t");
        scheduleFile("a", "with a plan", file);
        done(owner, "mod.mute", "{'person':'%s','for_ms':%d}", id(ann), 4 * HOUR.toMillis());
        goOn(HOUR.multipliedBy(3));
        isKept("a", "with a plan", "muted");
        server.sweepFiles();
        goOn(HOUR.multipliedBy(2));
        assertThat(done(ann, "later.send", "{'cmid':'a'}").has("seq")).isTrue();
        assertThat(done(owner, "history", "{'room':'%s'}", room).at("/messages/0/files"))
                .hasSize(1);
    }

    // ---- the rules of the time of sending

    private void isKept(String cmid, String text, String code) {
        JsonNode kept = waiting().get(0);
        assertThat(kept.at("/cmid").asString()).isEqualTo(cmid);
        assertThat(kept.at("/text").asString()).isEqualTo(text);
        assertThat(kept.at("/failure/code").asString()).isEqualTo(code);
        assertThat(kept.at("/failure/message").asString()).isNotEmpty();
        assertThat(texts()).doesNotContain(text);
    }

    @Test
    void aPersonWhoIsNoMemberAnyMoreIsToldSoAndKeepsTheText() throws Exception {
        schedule("a", "too late", HOUR);
        ann.next("me.ev");
        done(ann, "room.leave", "{'room':'%s'}", room);
        ann.next("me.ev");
        goOn(HOUR);
        JsonNode told = ann.next("me.ev");
        assertThat(told.at("/scheduled/failure/code").asString()).isEqualTo("room_unknown");
        isKept("a", "too late", "room_unknown");
        goOn(HOUR);
        ann.settle();
        assertThat(ann.has("me.ev")).as("told once").isFalse();
    }

    @Test
    void aMutedPersonIsToldSoAndCanSendAfterwards() {
        schedule("a", "hush", HOUR);
        done(owner, "mod.mute", "{'person':'%s','for_ms':%d}", id(ann), 2 * HOUR.toMillis());
        goOn(HOUR);
        isKept("a", "hush", "muted");
        assertThat(code(ask(ann, "later.send", "{'cmid':'a'}"))).isEqualTo("muted");
        isKept("a", "hush", "muted");
        assertThat(code(ask(ann, "later.set", "{'cmid':'a','text':'x'}")))
                .as("it needs a new time")
                .isEqualTo("time_invalid");
        long at = clock.millis() + 2 * HOUR.toMillis();
        done(ann, "later.set", "{'cmid':'a','send_at':%d}", at);
        assertThat(waiting().get(0).has("failure")).isFalse();
        goOn(HOUR.multipliedBy(2));
        assertThat(texts()).containsExactly("hush");
    }

    @Test
    void anArchivedRoomRefusesIt() {
        schedule("a", "too late", HOUR);
        done(owner, "room.archive", "{'room':'%s','on':true}", room);
        goOn(HOUR);
        isKept("a", "too late", "room_archived");
    }

    @Test
    void slowModeDelaysIt() {
        done(owner, "mod.slow", "{'room':'%s','ms':60000}", room);
        schedule("a", "first", HOUR);
        schedule("b", "second", HOUR);
        goOn(HOUR);
        assertThat(texts()).containsExactly("first");
        goOn(Duration.ofSeconds(59));
        assertThat(texts()).containsExactly("first");
        assertThat(waiting().get(0).has("failure")).isFalse();
        goOn(Duration.ofSeconds(1));
        assertThat(texts()).containsExactly("first", "second");
    }

    @Test
    void aRefusedMessageDoesNotHoldUpOthers() throws Exception {
        schedule("a", "no member", HOUR);
        done(ann, "room.leave", "{'room':'%s'}", room);
        done(
                ann,
                "later.add",
                "{'room':'general','cmid':'b','text':'to all','send_at':%d}",
                clock.millis() + HOUR.toMillis());
        goOn(HOUR);
        assertThat(done(owner, "history", "{'room':'general'}").at("/messages/0/text").asString())
                .isEqualTo("to all");
    }

    // ---- refusals

    @Test
    void whatCouldNotBeSentNowIsRefusedAtOnce() {
        long at = clock.millis() + 1000;
        String add = "{'room':'%s','cmid':'%s','text':'%s','send_at':%d}";
        assertThat(code(ask(ann, "later.add", add, room, "a", " ", at))).isEqualTo("text_empty");
        assertThat(code(ask(ann, "later.add", add, room, "a b", "x", at)))
                .isEqualTo("cmid_invalid");
        assertThat(code(ask(ann, "later.add", add, "nowhere", "a", "x", at)))
                .isEqualTo("room_unknown");
        assertThat(code(ask(ann, "later.add", add, room, "a", "x", clock.millis())))
                .isEqualTo("time_invalid");
        done(owner, "mod.mute", "{'person':'%s','for_ms':60000}", id(ann));
        assertThat(code(ask(ann, "later.add", add, room, "a", "x", at))).isEqualTo("muted");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void thereIsALimit() {
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(1));
            schedule("c" + i, "x", HOUR);
        }
        clock.advance(Duration.ofSeconds(2));
        JsonNode refused =
                ask(
                        ann,
                        "later.add",
                        "{'room':'%s','cmid':'more','text':'x','send_at':%d}",
                        room,
                        clock.millis() + 1000);
        assertThat(code(refused)).isEqualTo("too_many_scheduled");
    }

    @Test
    void theScheduledMessagesOfOthersAreUnknown() {
        schedule("a", "mine", HOUR);
        for (String event : List.of("later.set", "later.send")) {
            assertThat(code(ask(owner, event, "{'cmid':'a','text':'x'}")))
                    .isEqualTo("scheduled_unknown");
        }
        done(owner, "later.cancel", "{'cmid':'a'}");
        assertThat(waiting()).hasSize(1);
    }
}
