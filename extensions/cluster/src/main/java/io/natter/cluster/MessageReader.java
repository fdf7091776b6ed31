package io.natter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.MessagePack;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the messages of other servers. Each method throws [IllegalArgumentException] with a reason
/// where a message has another form than Node.js gives it.
public final class MessageReader {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Servers of one cluster trust each other: attachments as large as a client may send them.
    private static final Parser.Limits LIMITS = new Parser.Limits(10_000, 256L << 20, 100);

    private MessageReader() {}

    /// A whole message: JSON where it begins with `{`, else MessagePack.
    public static Payload message(byte[] bytes) {
        return MessageParser.MESSAGE_PACK.jsonOrDecoded(bytes);
    }

    /// A message in JSON.
    static Payload json(byte[] bytes) {
        try {
            JSON.readTree(bytes); // well-formed, as the walk through it demands
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a message that is no JSON", e);
        }
        return Payload.of(bytes);
    }

    /// A value in MessagePack.
    public static Payload messagePack(byte[] bytes) {
        return MessagePack.decode(bytes, LIMITS);
    }

    /// A member with the attachments of the message, or null where there is none.
    public static @Nullable Payload member(Payload object, String name) {
        Payload found = object.member(name);
        return found == null
                ? null
                : new Payload(found.buffer(), found.from(), found.to(), object.attachments());
    }

    /// A member that must be there.
    public static Payload required(Payload object, String name) {
        Payload found = member(object, name);
        if (found == null) {
            throw new IllegalArgumentException("a message without '" + name + "'");
        }
        return found;
    }

    /// A member that is a text, or null where there is none.
    public static @Nullable String text(Payload object, String name) {
        Payload found = object.member(name);
        return found == null ? null : tree(found).asString(null);
    }

    /// A member that is a whole number, or `otherwise`.
    public static int number(Payload object, String name, int otherwise) {
        Payload found = object.member(name);
        return found == null ? otherwise : tree(found).asInt(otherwise);
    }

    /// Whether a member is `true`.
    public static boolean isTrue(Payload object, String name) {
        Payload found = object.member(name);
        return found != null && tree(found).asBoolean(false);
    }

    /// A member that is a list of texts or numbers, as texts; empty where there is none.
    public static Set<String> texts(Payload object, String name) {
        Payload found = object.member(name);
        var texts = new LinkedHashSet<String>();
        if (found != null) {
            for (JsonNode element : tree(found)) {
                if (element.isContainer()) {
                    throw new IllegalArgumentException("'" + name + "' is no list of texts");
                }
                texts.add(element.asString());
            }
        }
        return texts;
    }

    /// The receivers and flags of a broadcast: `{rooms, except, flags}`.
    public static BroadcastOptions options(Payload options) {
        Payload flags = options.member("flags");
        JsonNode read = flags == null ? JSON.createObjectNode() : tree(flags);
        int timeout = read.path("timeout").asInt(0);
        return new BroadcastOptions(
                texts(options, "rooms"),
                texts(options, "except"),
                read.path("volatile").asBoolean(false),
                read.path("compress").asBoolean(true),
                true,
                timeout > 0 ? Duration.ofMillis(timeout) : null);
    }

    /// The event of a packet `{type, data, nsp}`.
    ///
    /// @param id the id of the acknowledgement that is asked for, or [Packet#NO_ID]
    public static Packet.Event event(Payload packet, String namespace, long id) {
        Payload args = required(packet, "data");
        return new Packet.Event(namespace, id, nameOf(args), args);
    }

    /// A member that is the name and the arguments of an event.
    public static Payload eventArguments(Payload object, String name) {
        Payload args = required(object, name);
        nameOf(args);
        return args;
    }

    private static String nameOf(Payload args) {
        List<Payload> elements = args.elements();
        JsonNode name = elements.isEmpty() ? JSON.nullNode() : tree(elements.getFirst());
        if (!name.isString() && !name.isNumber()) {
            throw new IllegalArgumentException("an event without a name");
        }
        return name.asString();
    }

    /// A small value as a tree.
    public static JsonNode tree(Payload value) {
        try {
            return JSON.readTree(value.buffer(), value.from(), value.length());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "no JSON: "
                            + new String(
                                    value.buffer(),
                                    value.from(),
                                    Math.min(60, value.length()),
                                    UTF_8),
                    e);
        }
    }
}
