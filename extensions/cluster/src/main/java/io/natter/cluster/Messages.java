package io.natter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.MessagePack;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonWriter;
import io.natter.socketio.adapter.Adapter.SocketState;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.payload.JsonMapping;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of messages that all adapters of Node.js have in common.
public final class Messages {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] EMPTY_ARRAY = {'[', ']'};

    private static final Set<String> RESERVED =
            Set.of(
                    "connect",
                    "connect_error",
                    "disconnect",
                    "disconnecting",
                    "newListener",
                    "removeListener");

    private Messages() {}

    /// Refuses to send clients an event with a name that Socket.IO reserves.
    ///
    /// @throws IllegalArgumentException for such a name
    public static void checkEvent(String event) {
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException('"' + event + "\" is a reserved event name");
        }
    }

    /// So many random bytes as hexadecimal digits: the id of a server or a request.
    public static String randomId(int bytes) {
        byte[] id = new byte[bytes];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /// The bytes of a message: JSON, or MessagePack where it has attachments.
    public static byte[] jsonOrMessagePack(Payload message) {
        return message.attachments().isEmpty() ? json(message) : MessagePack.encode(message);
    }

    /// The JSON of a message without attachments.
    public static byte[] json(Payload message) {
        return Arrays.copyOfRange(message.buffer(), message.from(), message.to());
    }

    /// `{rooms, except, flags}` of a broadcast.
    public static MessageWriter options(BroadcastOptions options) {
        var flags = new MessageWriter();
        if (options.isVolatile()) {
            flags.flag("volatile", true);
        }
        if (!options.compress()) {
            flags.flag("compress", false);
        }
        if (options.timeout() != null) {
            flags.number("timeout", options.timeout().toMillis());
        }
        return new MessageWriter()
                .texts("rooms", options.rooms())
                .texts("except", options.except())
                .object("flags", flags);
    }

    /// `{type, data}` of an event, and `nsp` where `withNamespace`.
    public static MessageWriter packet(Packet.Event event, boolean withNamespace) {
        var packet = new MessageWriter().number("type", 2).payload("data", event.args());
        return withNamespace ? packet.text("nsp", event.namespace()) : packet;
    }

    /// `[sender, packet, options]`, a broadcast of npm `@socket.io/redis-adapter`.
    public static Payload broadcast(String sender, Payload packet, Payload options) {
        var json = new ByteArrayOutputStream(packet.length() + options.length() + 32);
        json.write('[');
        json.writeBytes(JsonWriter.quote(sender).getBytes(UTF_8));
        for (Payload part : List.of(packet, options)) {
            json.write(',');
            json.write(part.buffer(), part.from(), part.length());
        }
        json.write(']');
        byte[] bytes = json.toByteArray();
        return new Payload(bytes, 0, bytes.length, packet.attachments());
    }

    /// The sockets of an answer.
    public static Payload sockets(List<SocketState> sockets, JsonMapping mapping) {
        return mapping.write(
                sockets.stream()
                        .map(
                                socket -> {
                                    var map = new LinkedHashMap<String, @Nullable Object>();
                                    map.put("id", socket.id());
                                    map.put("handshake", socket.handshake());
                                    map.put("rooms", socket.rooms());
                                    map.put("data", socket.data());
                                    return map;
                                })
                        .toList());
    }

    /// The sockets that another server named. `data` that is no object is left out.
    public static List<SocketState> sockets(Payload list, JsonMapping mapping) {
        return list.elements().stream()
                .map(
                        element -> {
                            return new SocketState(
                                    String.valueOf(MessageReader.text(element, "id")),
                                    map(MessageReader.member(element, "handshake"), mapping),
                                    new LinkedHashSet<>(MessageReader.texts(element, "rooms")),
                                    data(element, mapping));
                        })
                .toList();
    }

    /// The member `data` of a socket or session; empty where it is no object.
    @SuppressWarnings("unchecked") // the mapping makes maps and texts of JSON
    public static Map<String, Object> data(Payload holder, JsonMapping mapping) {
        Payload data = MessageReader.member(holder, "data");
        return (Map<String, Object>) (Map<String, ?>) map(data, mapping);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(
            @Nullable Payload object, JsonMapping mapping) {
        if (object == null || object.buffer()[object.from()] != '{') {
            return Map.of();
        }
        var read = (Map<String, @Nullable Object>) mapping.read(object, Map.class);
        return read == null ? Map.of() : read;
    }

    /// The first argument of an array, or null where it is empty: what Node.js sends as an answer.
    public static @Nullable Payload first(Payload args) {
        List<Payload> elements = args.elements();
        return elements.isEmpty() ? null : elements.getFirst();
    }

    /// An array with this one value, or an empty one for null.
    public static Payload arrayOf(@Nullable Payload value) {
        if (value == null) {
            return Payload.of(EMPTY_ARRAY);
        }
        byte[] json = new byte[value.length() + 2];
        json[0] = '[';
        System.arraycopy(value.buffer(), value.from(), json, 1, value.length());
        json[json.length - 1] = ']';
        return new Payload(json, 0, json.length, value.attachments());
    }
}
