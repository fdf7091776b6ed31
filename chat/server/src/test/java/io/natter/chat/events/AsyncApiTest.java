package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.Contract;
import io.natter.chat.web.IntegrationTest;
import io.natter.chat.web.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Holds the AsyncAPI document against the contract of the page and against real packets.
class AsyncApiTest extends IntegrationTest {
    private static final Pattern EVENT = Pattern.compile("(?m)^  '?([a-z._]+)'?[:(]");

    /// Requests of the owner, in an order in which each succeeds.
    private static final List<String> REQUESTS =
            List.of(
                    "hello; {'proto':2,'device':'d','rooms':{'general':0}}",
                    "room.create; {'kind':'public','name':'Second','topic':'t','people':['BOB']}",
                    "room.create; {'kind':'direct','people':['BOB']}",
                    "room.set; {'room':'ROOM','name':'Third','topic':'u'}",
                    "room.invite; {'room':'ROOM','people':['MIA']}",
                    "room.find; {'q':'thi'}",
                    "msg.send; {'room':'ROOM','cmid':'a1','text':'one <@BOB>'}",
                    "msg.send; {'room':'ROOM','cmid':'a2','text':'two <@room>','reply_to':1}",
                    "msg.edit; {'room':'ROOM','seq':1,'base_ver':1,'text':'three <@room>'}",
                    "react; {'room':'ROOM','seq':1,'emoji':'👍','on':true}",
                    "pin; {'room':'ROOM','seq':1,'on':true}",
                    "history; {'room':'ROOM','limit':10}",
                    "sync; {'room':'ROOM','since_ver':0,'limit':10}",
                    "pins; {'room':'ROOM'}",
                    "edits; {'room':'ROOM','seq':1}",
                    "search; {'q':'three','limit':5}",
                    "mentions; {'limit':5}",
                    "members; {'room':'ROOM','limit':10}",
                    "people; {'q':'b','limit':5}",
                    "level; {'room':'ROOM','level':'mentions'}",
                    "read; {'room':'ROOM','seq':2}",
                    "unread; {'room':'ROOM','seq':1}",
                    "msg.del; {'room':'ROOM','seq':2}",
                    "save; {'room':'ROOM','seq':1,'on':true}",
                    "remind; {'room':'ROOM','seq':1,'at':LATER}",
                    "saved.read; {'of':[{'room':'ROOM','seq':1}]}",
                    "later.add; {'room':'ROOM','cmid':'l1','text':'a','reply_to':1,'send_at':LATER}",
                    "later.set; {'cmid':'l1','text':'b','send_at':LATER}",
                    "later.send; {'cmid':'l1'}",
                    "later.add; {'room':'ROOM','cmid':'l2','text':'a','send_at':LATER}",
                    "later.cancel; {'cmid':'l2'}",
                    "later.add; {'room':'ROOM','cmid':'l3','text':'a','send_at':LATER}",
                    "personal; {}",
                    "me.set; {'status':'here','zone':'Europe/Berlin'}",
                    "me.language; {'language':'de'}",
                    "place.set; {'policy':'accounts'}",
                    "role.set; {'person':'MIA','role':'moderator'}",
                    "invite.create; {'expires_in_ms':3600000,'uses':1}",
                    "invites; {}",
                    "invite.revoke; {'id':'x'}",
                    "mod.mute; {'person':'BOB','for_ms':60000,'reason':'loud'}",
                    "mod.picture; {'person':'BOB','reason':'ugly'}",
                    "mod.slow; {'room':'ROOM','ms':1000}",
                    "room.retention; {'room':'ROOM','days':3650}",
                    "admin.people; {'q':'','role':'member','skip':0,'limit':10}",
                    "admin.people; {}",
                    "admin.rooms; {}",
                    "admin.sessions; {'person':'EVE'}",
                    "admin.sessions; {}",
                    "admin.status; {}",
                    "admin.end_session; {'id':'SESSION'}",
                    "admin.delete; {'person':'EVE','messages':true}",
                    "admin.archive; {'room':'ROOM','on':true}",
                    "admin.archive; {'room':'ROOM','on':false}",
                    "hello; {'proto':2,'device':'d','epoch':'other','rooms':{'ROOM':0}}",
                    "mod.kick; {'person':'BOB','room':'ROOM'}",
                    "mod.ban; {'person':'BOB','for_ms':60000,'reason':'loud'}",
                    "bans; {}",
                    "mod.unban; {'person':'BOB'}",
                    "room.archive; {'room':'ROOM','on':true}",
                    "audit; {'limit':50}");

    private Contract contract; // read before each test

    @BeforeEach
    void read() throws Exception {
        contract = Contract.read("asyncapi.yaml");
    }

    private Set<String> documented(String side) {
        Set<String> events = new TreeSet<>();
        contract.at("/components/messages")
                .propertyNames()
                .forEach(
                        name -> {
                            if (name.startsWith(side + ".")) {
                                events.add(name.substring(side.length() + 1));
                            }
                        });
        return events;
    }

    private static Set<String> clientEventsOfPage() throws Exception {
        Set<String> events = ofPage("contract", "ClientEvents extends PersonalEvents, AdminEvents");
        events.addAll(ofPage("personal-contract", "PersonalEvents"));
        events.addAll(ofPage("admin-contract", "AdminEvents"));
        return events;
    }

    /// The events of an interface in a file of the page.
    private static Set<String> ofPage(String file, String name) throws Exception {
        String source = Files.readString(Path.of("../ui/src/net/" + file + ".ts"));
        int start = source.indexOf("interface " + name + " {");
        assertThat(start).as("the interface %s in %s.ts", name, file).isNotNegative();
        Matcher found = EVENT.matcher(source.substring(start, source.indexOf("\n}", start)));
        Set<String> events = new TreeSet<>();
        while (found.find()) {
            events.add(found.group(1));
        }
        return events;
    }

    @Test
    void eachEventOfThePageHasAMessage() throws Exception {
        assertThat(documented("client")).isEqualTo(clientEventsOfPage());
        assertThat(documented("server")).isEqualTo(ofPage("contract", "ServerEvents"));
        Set<String> answered = new TreeSet<>(documented("client"));
        answered.remove("typing");
        assertThat(documented("answer")).isEqualTo(answered);
        for (String side : List.of("client", "server")) {
            for (String event : documented(side)) {
                assertThat(contract.at("/operations/" + side + "." + event).isMissingNode())
                        .as("operation of %s", event)
                        .isFalse();
            }
        }
    }

    @Test
    void realPacketsAreThoseOfTheDocument() throws Exception {
        TestClient mia = greet(signUp("Mia"));
        TestClient bob = greeted("Bob");
        TestClient eve = greet(signUp("Eve"));
        String miasId = id(mia);
        String bobsId = id(bob);
        String evesId = id(eve);
        String session =
                done(olga, "admin.sessions", "{'person':'%s'}", evesId)
                        .at("/sessions/0/id")
                        .asString();
        String later = String.valueOf(clock.millis() + Duration.ofHours(1).toMillis());
        showPicture();
        String room = create(olga, "public", "First");
        Set<String> asked = new TreeSet<>(Set.of("typing", "room.join", "room.leave"));
        for (String each : REQUESTS) {
            String[] parts = each.split("; ", 2);
            asked.add(parts[0]);
            String request =
                    parts[1].replace("BOB", bobsId)
                            .replace("MIA", miasId)
                            .replace("EVE", evesId)
                            .replace("SESSION", session)
                            .replace("LATER", later)
                            .replace("ROOM", room);
            assertThat(exchange(olga, parts[0], request)).as(each).isTrue();
            if (parts[0].equals("room.invite")) {
                done(bob, "room.join", "{'room':'%s'}", room);
                assertThat(exchange(bob, "room.join", "{'room':'" + room + "'}")).isTrue();
                olga.tell("typing", json("{'room':'%s'}", room));
                contract.check(
                        "/components/messages/client.typing/payload", tree("{'room':'%s'}", room));
                contract.check("/components/messages/server.typing/payload", bob.next("typing"));
            }
            exchange(olga, parts[0], "{}"); // most are refused
        }
        assertThat(exchange(mia, "room.leave", "{'room':'" + room + "'}")).isTrue();
        assertThat(asked).isEqualTo(documented("client"));
        contract.check(
                "/components/messages/server.session.ended/payload", bob.next("session.ended"));
        theTimeOfTheReminderComes();
        theStoreIsInTrouble();
        // Those who came are told of once a second.
        contract.check("/components/messages/server.presence/payload", olga.next("presence"));
        server.close();
        contract.check(
                "/components/messages/server.server.closing/payload", olga.next("server.closing"));
        Set<String> seen =
                new TreeSet<>(
                        Set.of(
                                "typing",
                                "session.ended",
                                "me.ev",
                                "store",
                                "presence",
                                "server.closing"));
        for (TestClient client : List.of(olga, mia, bob, eve)) {
            for (String event : documented("server")) {
                while (client.has(event)) {
                    contract.check(
                            "/components/messages/server." + event + "/payload",
                            client.next(event));
                    seen.add(event);
                }
            }
        }
        assertThat(seen).isEqualTo(documented("server"));
    }

    /// The room is archived meanwhile, so the message that is sent at the same time fails.
    private void theTimeOfTheReminderComes() throws Exception {
        clock.advance(Duration.ofHours(2));
        boolean reminded = false;
        boolean failed = false;
        while (!reminded || !failed) {
            JsonNode event = olga.next("me.ev");
            contract.check("/components/messages/server.me.ev/payload", event);
            reminded |= event.has("reminds");
            failed |= event.at("/scheduled").has("failure");
        }
        assertThat(exchange(olga, "personal", "{}")).isTrue();
    }

    /// As [StoreStateTest] does it.
    private void theStoreIsInTrouble() throws Exception {
        Path database = directory.resolve("natter.db");
        Path elsewhere = directory.resolve("elsewhere.db");
        Files.move(database, elsewhere);
        JsonNode trouble = olga.next("store");
        assertThat(trouble.has("trouble")).isTrue();
        contract.check("/components/messages/server.store/payload", trouble);
        assertThat(exchange(olga, "hello", "{'proto':2,'device':'d','rooms':{}}")).isTrue();
        Files.move(elsewhere, database, StandardCopyOption.REPLACE_EXISTING);
        JsonNode state = trouble;
        while (state.has("trouble")) {
            state = olga.next("store");
            contract.check("/components/messages/server.store/payload", state);
        }
    }

    /// Sends a request of the document, checks the answer, and tells whether it was no refusal.
    private boolean exchange(TestClient client, String event, String quoted) {
        clock.advance(Duration.ofSeconds(2)); // for the rate limits
        JsonNode request = tree("%s", quoted);
        if (!quoted.equals("{}")) {
            contract.check("/components/messages/client." + event + "/payload", request);
        }
        JsonNode answer = client.ask(event, request.toString());
        contract.check("/components/messages/answer." + event + "/payload", answer);
        return answer.has("ok");
    }
}
