package io.natter.socketio.presence;

import io.natter.protocol.Payload;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.presence.PresenceMessage.Ask;
import io.natter.socketio.presence.PresenceMessage.Bye;
import io.natter.socketio.presence.PresenceMessage.Change;
import io.natter.socketio.presence.PresenceMessage.Heartbeat;
import io.natter.socketio.presence.PresenceMessage.Hello;
import io.natter.socketio.presence.PresenceMessage.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes and reads the argument of the event by which servers tell each other of presence:
/// `{"set":"users","node":"…","type":"change","seq":7,"users":[["ana",since,updated,data]],
/// "gone":["bob"]}`. Immutable.
///
/// @param set the name of the presence, as one namespace may have several
/// @param node the id of this server in it
record PresenceFormat(JsonMapping mapping, String set, String node) {

    Map<String, Object> write(PresenceMessage message) {
        var written = new LinkedHashMap<String, Object>();
        written.put("set", set);
        written.put("node", node);
        switch (message) {
            case Hello(long seq) -> {
                written.put("type", "hello");
                written.put("seq", seq);
            }
            case Heartbeat(long seq) -> {
                written.put("type", "heartbeat");
                written.put("seq", seq);
            }
            case Change(long seq, List<UserState> users, List<String> gone) -> {
                written.put("type", "change");
                written.put("seq", seq);
                written.put("users", users.stream().map(this::write).toList());
                written.put("gone", gone);
            }
            case State(long seq, int part, int parts, List<UserState> users) -> {
                written.put("type", "state");
                written.put("seq", seq);
                written.put("part", part);
                written.put("parts", parts);
                written.put("users", users.stream().map(this::write).toList());
            }
            case Ask(String of) -> {
                written.put("type", "ask");
                written.put("of", of);
            }
            case Bye ignored -> written.put("type", "bye");
        }
        return written;
    }

    private List<@Nullable Object> write(UserState user) {
        var fields = new ArrayList<@Nullable Object>(4);
        fields.add(user.key());
        fields.add(user.since());
        fields.add(user.updated());
        if (user.data() != null) {
            fields.add(mapping.read(user.data(), Object.class));
        }
        return fields;
    }

    /// @throws IllegalArgumentException if it is no message of this form
    PresenceMessage read(Map<?, ?> message) {
        return switch (text(message, "type")) {
            case "hello" -> new Hello(number(message, "seq"));
            case "heartbeat" -> new Heartbeat(number(message, "seq"));
            case "change" ->
                    new Change(
                            number(message, "seq"),
                            users(message),
                            list(message, "gone").stream()
                                    .map(key -> as(String.class, key, "gone"))
                                    .toList());
            case "state" ->
                    new State(
                            number(message, "seq"),
                            Math.toIntExact(number(message, "part")),
                            Math.toIntExact(number(message, "parts")),
                            users(message));
            case "ask" -> new Ask(text(message, "of"));
            case "bye" -> new Bye();
            default -> throw bad("type", message.get("type"));
        };
    }

    static String text(Map<?, ?> message, String member) {
        return as(String.class, message.get(member), member);
    }

    private static long number(Map<?, ?> message, String member) {
        return as(Number.class, message.get(member), member).longValue();
    }

    private static List<?> list(Map<?, ?> message, String member) {
        return as(List.class, message.get(member), member);
    }

    private List<UserState> users(Map<?, ?> message) {
        var users = new ArrayList<UserState>();
        for (Object each : list(message, "users")) {
            List<?> fields = as(List.class, each, "users");
            if (fields.size() < 3) {
                throw bad("users", fields);
            }
            Object data = fields.size() > 3 ? fields.get(3) : null;
            users.add(
                    new UserState(
                            as(String.class, fields.get(0), "key"),
                            as(Number.class, fields.get(1), "since").longValue(),
                            as(Number.class, fields.get(2), "updated").longValue(),
                            data == null ? null : data(data)));
        }
        return users;
    }

    private Payload data(Object data) {
        return mapping.write(data).compact();
    }

    private static <T> T as(Class<T> type, @Nullable Object value, String member) {
        if (!type.isInstance(value)) {
            throw bad(member, value);
        }
        return type.cast(value);
    }

    private static IllegalArgumentException bad(String member, @Nullable Object value) {
        return new IllegalArgumentException(
                "another server has sent a presence message whose "
                        + member
                        + " is "
                        + (value == null ? "missing" : "a " + value.getClass().getSimpleName()));
    }
}
