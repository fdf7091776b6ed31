package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.wire.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A server test in which requests are written with single quotes.
public abstract class WireTest extends ServerTest {
    private int sent;

    /// These tests ask faster than a page does.
    @Override
    protected ChatServer.Tuning tuning() {
        return new ChatServer.Tuning(
                Duration.ofMillis(50), Duration.ofSeconds(30), 10_000, List.of());
    }

    protected static String json(String quoted, Object... arguments) {
        return String.format(Locale.ROOT, quoted.replace('\'', '"'), arguments).replace('\'', '"');
    }

    protected static JsonNode tree(String quoted, Object... arguments) {
        return WireJson.JSON.readTree(json(quoted, arguments));
    }

    protected static String code(JsonNode answer) {
        return answer.at("/err/code").asString();
    }

    protected static JsonNode ask(
            TestClient client, String event, String quoted, Object... arguments) {
        return client.ask(event, json(quoted, arguments));
    }

    /// An answer that is no refusal.
    protected static JsonNode done(
            TestClient client, String event, String quoted, Object... arguments) {
        JsonNode answer = ask(client, event, quoted, arguments);
        assertThat(answer.has("ok")).as("%s: %s", event, answer).isTrue();
        return answer;
    }

    /// Sends a message and returns its number.
    protected long send(TestClient client, String room, String text) {
        return done(
                        client,
                        "msg.send",
                        "{'room':'%s','cmid':'m%d','text':'%s'}",
                        room,
                        ++sent,
                        text)
                .at("/seq")
                .asLong();
    }

    /// Creates a room and returns its id.
    protected static String create(TestClient client, String kind, String name, String... people) {
        return done(
                        client,
                        "room.create",
                        "{'kind':'%s','name':'%s','people':[%s]}",
                        kind,
                        name,
                        people.length == 0 ? "" : "'" + String.join("','", people) + "'")
                .at("/room/id")
                .asString();
    }

    protected static String id(TestClient client) {
        return client.hello().at("/me/id").asString();
    }
}
