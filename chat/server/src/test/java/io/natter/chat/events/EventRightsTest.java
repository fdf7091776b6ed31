package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.Contract;
import io.natter.chat.web.IntegrationTest;
import io.natter.chat.web.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The answers of each event to each kind of person. The events are those of the AsyncAPI document,
/// so a new one needs a line here.
class EventRightsTest extends IntegrationTest {
    private static final String ALL = "";
    private static final String OWNERS =
            "guest=forbidden member=forbidden outsider=forbidden muted=forbidden bot=forbidden"
                    + " moderator=forbidden";
    private static final String MODERATORS =
            "guest=forbidden member=forbidden outsider=forbidden muted=forbidden bot=forbidden";
    private static final String CREATOR =
            "guest=not_yours member=not_yours outsider=room_unknown muted=not_yours bot=not_yours"
                    + " moderator=not_yours";
    private static final String MEMBERS = "outsider=room_unknown";
    private static final String SPEAKERS = "outsider=room_unknown muted=muted";

    /// The kinds that are refused, with the code; all others are not. `ROOM` is private and the
    /// owner's, and all but the outsider are its members. `VIC` is somebody else.
    private record Case(String event, String request, String refused) {}

    private static Case of(String event, String request, String refused) {
        return new Case(event, request, refused);
    }

    private static final List<Case> CASES =
            List.of(
                    of("hello", "{'proto':2,'device':'d','rooms':{'ROOM':0}}", ALL),
                    of("history", "{'room':'ROOM','limit':10}", MEMBERS),
                    of("sync", "{'room':'ROOM','since_ver':0,'limit':10}", MEMBERS),
                    of("pins", "{'room':'ROOM'}", MEMBERS),
                    of("edits", "{'room':'ROOM','seq':1}", MEMBERS),
                    of("search", "{'q':'secret','room':'ROOM'}", ALL), // finds nothing
                    of("mentions", "{'limit':5}", ALL),
                    of("members", "{'room':'ROOM'}", MEMBERS),
                    of("people", "{'q':'b'}", ALL),
                    of("room.find", "{'q':'x'}", ALL),
                    of("level", "{'room':'ROOM','level':'mentions'}", MEMBERS),
                    of("read", "{'room':'ROOM','seq':1}", MEMBERS),
                    of("unread", "{'room':'ROOM','seq':1}", MEMBERS),
                    of("msg.send", "{'room':'ROOM','cmid':'c','text':'x'}", SPEAKERS),
                    of(
                            "msg.edit",
                            "{'room':'ROOM','seq':1,'base_ver':1,'text':'y'}",
                            "guest=not_yours member=not_yours outsider=room_unknown muted=muted"
                                    + " bot=not_yours moderator=not_yours"),
                    of("react", "{'room':'ROOM','seq':1,'emoji':'👍','on':true}", SPEAKERS),
                    of("pin", "{'room':'ROOM','seq':1,'on':true}", SPEAKERS),
                    of("save", "{'room':'ROOM','seq':1,'on':true}", MEMBERS),
                    of("remind", "{'room':'ROOM','seq':1,'at':LATER}", MEMBERS),
                    of("saved.read", "{'of':[{'room':'ROOM','seq':1}]}", ALL),
                    of("personal", "{}", ALL),
                    of(
                            "later.add",
                            "{'room':'ROOM','cmid':'l','text':'a','send_at':LATER}",
                            SPEAKERS),
                    of(
                            "later.set",
                            "{'cmid':'l','text':'b'}",
                            "outsider=scheduled_unknown muted=scheduled_unknown"),
                    of(
                            "later.send",
                            "{'cmid':'l'}",
                            "outsider=scheduled_unknown muted=scheduled_unknown"),
                    of("later.cancel", "{'cmid':'l'}", ALL),
                    of(
                            "msg.del",
                            "{'room':'ROOM','seq':1}",
                            "guest=not_yours member=not_yours outsider=room_unknown"
                                    // The message is an owner's.
                                    + " muted=not_yours bot=not_yours moderator=not_yours"),
                    of(
                            "room.create",
                            "{'kind':'public','name':'By NAME'}",
                            "muted=muted bot=bot_not_added"),
                    of("room.set", "{'room':'ROOM','topic':'t'}", CREATOR),
                    of("room.archive", "{'room':'ROOM','on':false}", CREATOR),
                    of("room.join", "{'room':'ROOM'}", MEMBERS),
                    of(
                            "room.invite",
                            "{'room':'ROOM','people':['VIC']}",
                            SPEAKERS + " bot=not_allowed"),
                    of("room.leave", "{'room':'LEFT'}", MEMBERS),
                    of("me.set", "{'status':'here'}", "muted=muted"),
                    of(
                            "me.language",
                            "{'language':'de'}",
                            "guest=account_needed bot=account_needed"),
                    of("place.set", "{'policy':'open'}", OWNERS),
                    of("role.set", "{'person':'VIC','role':'member'}", OWNERS),
                    of("invite.create", "{'expires_in_ms':3600000,'uses':1}", MODERATORS),
                    of("invites", "{}", MODERATORS),
                    of("invite.revoke", "{'id':'x'}", MODERATORS),
                    of("mod.mute", "{'person':'VIC','for_ms':60000}", MODERATORS),
                    of("mod.picture", "{'person':'VIC'}", MODERATORS),
                    of("mod.slow", "{'room':'ROOM','ms':0}", MODERATORS),
                    of("mod.kick", "{'person':'VIC'}", MODERATORS),
                    of("mod.ban", "{'person':'VIC','for_ms':60000}", MODERATORS),
                    of("bans", "{}", MODERATORS),
                    of("mod.unban", "{'person':'VIC'}", MODERATORS),
                    of("audit", "{'limit':5}", MODERATORS),
                    of("room.retention", "{'room':'ROOM','days':3650}", OWNERS),
                    of("admin.people", "{}", MODERATORS),
                    of("admin.rooms", "{}", OWNERS),
                    of("admin.sessions", "{}", OWNERS),
                    of("admin.status", "{}", OWNERS),
                    of("admin.end_session", "{'id':'none'}", OWNERS),
                    of("admin.archive", "{'room':'ROOM','on':false}", OWNERS),
                    of("admin.delete", "{'person':'VIC','messages':false}", OWNERS));

    @Test
    void eachEventIsOnlyForWhoMay() throws Exception {
        Map<String, TestClient> people = people();
        String vic = id(greet(signUp("Vic")));
        TestBot bot = bot("Robot");
        people.put("bot", botClient(bot.token()));
        String room = roomOf(people, bot.id(), "Secret");
        String left = roomOf(people, bot.id(), "Left");
        send(olga, room, "a secret");
        String muted = id(Objects.requireNonNull(people.get("muted")));
        done(olga, "mod.mute", "{'person':'%s','for_ms':999999999}", muted);
        people.put("owner", olga);
        String later = String.valueOf(clock.millis() + Duration.ofDays(1).toMillis());
        Set<String> checked = new TreeSet<>(Set.of("typing"));
        List<String> wrong = new ArrayList<>();
        for (Case each : CASES) {
            checked.add(each.event());
            people.forEach(
                    (who, client) -> {
                        clock.advance(Duration.ofSeconds(2)); // for the rate limits
                        String request =
                                each.request()
                                        .replace("ROOM", room)
                                        .replace("LEFT", left)
                                        .replace("VIC", vic)
                                        .replace("NAME", who)
                                        .replace("LATER", later);
                        JsonNode answered = ask(client, each.event(), "%s", json(request));
                        String answer = code(answered);
                        if (who.equals("outsider") && answered.toString().contains("a secret")) {
                            wrong.add(each.event() + " tells of a room: " + answered);
                        }
                        String expected = refusal(each, who);
                        if (!answer.equals(expected)) {
                            wrong.add("%s %s: %s".formatted(each.event(), who, answer));
                        }
                    });
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isEqualTo(events());
    }

    /// The code, or nothing for who may.
    private static String refusal(Case each, String who) {
        if (each.event().equals("admin.end_session") && who.equals("owner")) {
            return "session_unknown";
        }
        for (String part : each.refused().split(" ", -1)) {
            if (part.startsWith(who + "=")) {
                return part.substring(who.length() + 1);
            }
        }
        return "";
    }

    private Map<String, TestClient> people() throws Exception {
        Map<String, TestClient> people = new LinkedHashMap<>();
        people.put("guest", greeted("Guest"));
        for (String who : List.of("member", "outsider", "muted", "moderator")) {
            people.put(who, greet(signUp("The " + who)));
        }
        String moderator = id(Objects.requireNonNull(people.get("moderator")));
        done(olga, "role.set", "{'person':'%s','role':'moderator'}", moderator);
        return people;
    }

    private String roomOf(Map<String, TestClient> people, String bot, String name) {
        List<String> ids = new ArrayList<>(List.of(bot));
        people.forEach(
                (who, client) -> {
                    if (!who.equals("outsider") && !who.equals("bot")) {
                        ids.add(id(client));
                    }
                });
        clock.advance(Duration.ofSeconds(10));
        return create(olga, "private", name, ids.toArray(String[]::new));
    }

    private static Set<String> events() throws Exception {
        Set<String> events = new TreeSet<>();
        Contract.read("asyncapi.yaml")
                .at("/components/messages")
                .propertyNames()
                .forEach(
                        name -> {
                            if (name.startsWith("client.")) {
                                events.add(name.substring("client.".length()));
                            }
                        });
        return events;
    }
}
