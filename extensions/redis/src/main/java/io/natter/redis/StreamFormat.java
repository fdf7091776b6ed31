package io.natter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageReader;
import io.natter.cluster.Messages;
import io.natter.protocol.MessagePack;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Entries of a stream as npm `@socket.io/redis-streams-adapter` writes them: `uid`, `nsp`, `type`,
/// and `data` as JSON or, where it has bytes, as MessagePack in Base64.
final class StreamFormat {
    private static final Pattern ID = Pattern.compile("(\\d{1,14})-(\\d{1,6})");

    /// So many bits of a number are the sequence within a millisecond.
    private static final int SEQUENCE_BITS = 20;

    private StreamFormat() {}

    static Map<String, byte[]> write(ClusterMessage message) {
        var fields = new LinkedHashMap<String, byte[]>();
        fields.put("uid", String.valueOf(message.uid()).getBytes(UTF_8));
        fields.put("nsp", String.valueOf(message.nsp()).getBytes(UTF_8));
        fields.put("type", Integer.toString(message.type()).getBytes(US_ASCII));
        if (message.data() != null) {
            fields.put("data", data(message.data()));
        }
        return fields;
    }

    private static byte[] data(Payload data) {
        return data.attachments().isEmpty()
                ? Messages.json(data)
                : Base64.getEncoder().encode(MessagePack.encode(data));
    }

    /// @throws IllegalArgumentException where it is no such entry
    static ClusterMessage read(Map<String, byte[]> fields) {
        byte[] data = fields.get("data");
        return new ClusterMessage(
                Integer.parseInt(text(fields, "type")),
                data == null || data.length == 0
                        ? null
                        : data[0] == '{'
                                ? MessageReader.message(data)
                                : MessageReader.messagePack(Base64.getDecoder().decode(data)),
                text(fields, "uid"),
                text(fields, "nsp"));
    }

    private static String text(Map<String, byte[]> fields, String name) {
        byte[] value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an entry without '" + name + "'");
        }
        return new String(value, UTF_8);
    }

    /// The namespace of an entry, or null.
    static @Nullable String namespace(Map<String, byte[]> fields) {
        byte[] nsp = fields.get("nsp");
        return nsp == null ? null : new String(nsp, UTF_8);
    }

    /// The stream of a namespace. Node.js also uses negative numbers, whose streams no server
    /// reads; here they have a stream that is read.
    static String stream(String name, int count, String namespace) {
        return count == 1 ? name : name + "-" + Math.abs(namespace.hashCode() % count);
    }

    /// The size of an entry.
    static int bytes(Map<String, byte[]> fields) {
        int bytes = 0;
        for (byte[] value : fields.values()) {
            bytes += value.length;
        }
        return bytes;
    }

    /// The id of an entry as a number that grows with each entry; -1 where it is none.
    static long number(String id) {
        var parts = ID.matcher(id);
        return parts.matches()
                ? (Long.parseLong(parts.group(1)) << SEQUENCE_BITS)
                        | (Long.parseLong(parts.group(2)) & ((1 << SEQUENCE_BITS) - 1))
                : -1;
    }

    /// The event with its offset as the last argument.
    static Packet.Event withOffset(Packet.Event event, String offset) {
        Payload args = event.args();
        byte[] suffix = (",\"" + offset + "\"]").getBytes(US_ASCII);
        int kept = args.length() - 1; // all but the closing bracket
        byte[] json = new byte[kept + suffix.length];
        System.arraycopy(args.buffer(), args.from(), json, 0, kept);
        System.arraycopy(suffix, 0, json, kept, suffix.length);
        return new Packet.Event(
                event.namespace(),
                event.id(),
                event.name(),
                new Payload(json, 0, json.length, List.copyOf(args.attachments())));
    }
}
