package io.natter.protocol;

import io.natter.protocol.Parser.Step;
import io.natter.protocol.json.ErrorText;
import io.natter.protocol.json.JsonScanner;
import io.natter.protocol.json.NameCache;
import io.natter.protocol.json.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads packets as Socket.IO protocol 5 has them. The only state is the packet whose attachments
/// have not all come.
final class JsonDecoder implements Parser.Decoder {
    /// Ids beyond what a JavaScript client can count are refused.
    static final long MAX_ID = (1L << 53) - 1;

    private final Parser.Limits limits;
    private final NameCache names;
    private final JsonScanner json;
    private @Nullable Unfinished unfinished;
    private long attachmentBytes;

    JsonDecoder(Parser.Limits limits, NameCache names) {
        this.limits = limits;
        this.names = names;
        json = new JsonScanner(limits.maxDepth());
    }

    /// A packet that lacks attachments; `name` is null for an acknowledgement.
    private record Unfinished(
            String namespace,
            long id,
            @Nullable String name,
            byte[] buffer,
            int from,
            int to,
            int expected,
            List<byte[]> attachments) {}

    @Override
    public Step text(byte[] buffer, int from, int to) {
        if (unfinished != null) {
            return refuse("text message while %s were awaited".formatted(awaited(unfinished)));
        }
        if (from >= to) {
            return refuse("empty Socket.IO packet");
        }
        int number = buffer[from] - '0';
        if (number < 0 || number >= PacketType.COUNT) {
            return refuse("unknown Socket.IO packet type " + ErrorText.show(buffer[from]));
        }
        PacketType type = PacketType.of(number);
        int at = from + 1;
        int attachments = 0;
        if (type.binary()) {
            int count = at;
            while (at < to && isDigit(buffer[at])) {
                attachments = Math.min(attachments * 10 + buffer[at] - '0', 100_000_000);
                at++;
            }
            if (at == count || at >= to || buffer[at] != '-') {
                return refuse(
                        "attachment count and '-' expected after %s, found %s"
                                .formatted(type, ErrorText.showAt(buffer, at, to)));
            } else if (attachments < 1 || attachments > limits.maxAttachments()) {
                return refuse(
                        "%s with %d attachments, allowed are 1 to %d"
                                .formatted(type, attachments, limits.maxAttachments()));
            }
            at++;
        }
        String namespace = "/";
        if (at < to && buffer[at] == '/') {
            int start = at;
            while (at < to && buffer[at] != ',') {
                at++;
            }
            int bad = Utf8.malformedAt(buffer, start, at);
            if (bad >= 0) {
                return refuse("not UTF-8 in a namespace: " + ErrorText.show(buffer[bad]));
            }
            if (at - start > 1) {
                namespace = names.get(buffer, start, at, false);
            }
            at++;
        }
        long id = Packet.NO_ID;
        if (at < to && isDigit(buffer[at])) {
            id = 0;
            while (at < to && isDigit(buffer[at])) {
                id = id * 10 + buffer[at++] - '0';
                if (id > MAX_ID) {
                    return refuse("acknowledgement id of %s over %d".formatted(type, MAX_ID));
                }
            }
        }
        return packet(type, namespace, id, attachments, buffer, at, to);
    }

    /// Reads what follows the header: from `at` to `to` a payload or nothing.
    private Step packet(
            PacketType type, String nsp, long id, int attachments, byte[] buffer, int at, int to) {
        if (at >= to) {
            return switch (type) {
                case CONNECT -> new Step.Decoded(new Packet.Connect(nsp, null));
                case DISCONNECT -> new Step.Decoded(new Packet.Disconnect(nsp));
                case EVENT, ACK, CONNECT_ERROR, BINARY_EVENT, BINARY_ACK ->
                        refuse(type + " without a payload");
            };
        }
        String wrong = wrongPayload(type, buffer[at]);
        if (wrong == null) {
            wrong = json.check(buffer, at, to, attachments);
        }
        if (wrong != null) {
            return refuse("payload of %s: %s".formatted(type, wrong));
        }
        String name = null;
        if (type == PacketType.EVENT || type == PacketType.BINARY_EVENT) {
            name = names.ofEvent(buffer, at, to);
            if (name == null) {
                return refuse("event whose name is neither a string nor a number");
            }
        }
        if (attachments > 0) {
            attachmentBytes = 0;
            unfinished =
                    new Unfinished(nsp, id, name, buffer, at, to, attachments, new ArrayList<>(2));
            return new Step.Incomplete(attachments);
        }
        Payload payload = new Payload(buffer, at, to, List.of());
        return new Step.Decoded(
                switch (type) {
                    case CONNECT -> new Packet.Connect(nsp, payload);
                    case DISCONNECT -> new Packet.Disconnect(nsp);
                    case CONNECT_ERROR -> new Packet.ConnectError(nsp, payload);
                    case EVENT, ACK, BINARY_EVENT, BINARY_ACK -> complete(nsp, id, name, payload);
                });
    }

    @Override
    public Step binary(byte[] data) {
        Unfinished packet = unfinished;
        if (packet == null) {
            return refuse(
                    "message of %d bytes while no attachment was awaited".formatted(data.length));
        }
        attachmentBytes += data.length;
        if (attachmentBytes > limits.maxAttachmentBytes()) {
            return refuse(
                    "attachments of %d bytes, allowed are %d"
                            .formatted(attachmentBytes, limits.maxAttachmentBytes()));
        }
        packet.attachments.add(data);
        int missing = packet.expected - packet.attachments.size();
        if (missing > 0) {
            return new Step.Incomplete(missing);
        }
        unfinished = null;
        List<byte[]> attachments = Collections.unmodifiableList(packet.attachments);
        Payload payload = new Payload(packet.buffer, packet.from, packet.to, attachments);
        return new Step.Decoded(complete(packet.namespace, packet.id, packet.name, payload));
    }

    private static Packet complete(String nsp, long id, @Nullable String name, Payload args) {
        return name == null ? new Packet.Ack(nsp, id, args) : new Packet.Event(nsp, id, name, args);
    }

    static @Nullable String wrongPayload(PacketType type, byte first) {
        return switch (type) {
            case CONNECT ->
                    first == '{' ? null : "an object expected, found " + ErrorText.show(first);
            case DISCONNECT -> "nothing expected, found " + ErrorText.show(first);
            case CONNECT_ERROR ->
                    first == '{' || first == '"'
                            ? null
                            : "an object or a string expected, found " + ErrorText.show(first);
            case EVENT, ACK, BINARY_EVENT, BINARY_ACK ->
                    first == '[' ? null : "an array expected, found " + ErrorText.show(first);
        };
    }

    /// The message that began the packet is kept whole, whatever else came in its buffer.
    @Override
    public long heldBytes() {
        Unfinished packet = unfinished;
        return packet == null
                ? 0
                : packet.buffer.length
                        + attachmentBytes
                        + Payload.OBJECT_BYTES * (1L + packet.attachments.size());
    }

    private String awaited(Unfinished packet) {
        return "%d more attachments of %s on %s"
                .formatted(
                        packet.expected - packet.attachments.size(),
                        packet.name == null
                                ? "acknowledgement " + packet.id
                                : "event '" + ErrorText.clip(packet.name) + "'",
                        ErrorText.clip(packet.namespace));
    }

    private Step refuse(String reason) {
        unfinished = null;
        return new Step.Malformed(reason);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
