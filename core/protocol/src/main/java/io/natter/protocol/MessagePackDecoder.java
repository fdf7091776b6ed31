package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.Parser.Step;
import io.natter.protocol.json.ErrorText;
import io.natter.protocol.json.NameCache;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads packets as npm `socket.io-msgpack-parser` writes them. Every message is a whole packet, so
/// nothing is kept between them.
final class MessagePackDecoder implements Parser.Decoder {
    private final Parser.Limits limits;
    private final NameCache names;

    MessagePackDecoder(Parser.Limits limits, NameCache names) {
        this.limits = limits;
        this.names = names;
    }

    @Override
    public Step text(byte[] buffer, int from, int to) {
        return refuse(
                "text message of %d bytes where MessagePack was expected".formatted(to - from));
    }

    @Override
    public Step binary(byte[] data) {
        Reading reading = new Reading(new MessagePackReader(data, limits));
        String wrong = reading.members();
        return wrong == null ? reading.packet() : refuse(wrong);
    }

    private static Step refuse(String reason) {
        return new Step.Malformed(reason);
    }

    /// The members of one packet, as they come.
    private final class Reading {
        private final MessagePackReader reader;
        private @Nullable String type;
        private @Nullable String nsp;
        private @Nullable String id;
        private @Nullable Payload data;

        Reading(MessagePackReader reader) {
            this.reader = reader;
        }

        /// Reads all members; what is wrong with them, or null.
        @Nullable String members() {
            long members = reader.map();
            for (long i = 0; i < members; i++) {
                reader.reset();
                if (!reader.value(0)) {
                    return reader.reason;
                }
                String key = text();
                reader.reset();
                if (!reader.value(1)) {
                    return reader.reason;
                }
                if (reader.json.array()[0] != 'n') {
                    keep(key);
                }
                if (reader.ambiguous()) {
                    return "a member '_placeholder' beside byte strings";
                }
            }
            if (members >= 0 && !reader.ended()) {
                return "MessagePack goes on after the packet";
            }
            return reader.reason;
        }

        private void keep(String key) {
            switch (key) {
                case "\"type\"" -> type = text();
                case "\"nsp\"" -> nsp = namespace();
                case "\"id\"" -> id = text();
                case "\"data\"" ->
                        data =
                                new Payload(
                                        Arrays.copyOf(reader.json.array(), reader.json.size()),
                                        0,
                                        reader.json.size(),
                                        List.copyOf(reader.attachments));
                default -> {
                    // npm's packets carry "options", which is of no use here.
                }
            }
        }

        private @Nullable String namespace() {
            byte[] json = reader.json.array();
            int size = reader.json.size();
            if (json[0] != '"' || json[1] != '/') {
                return null;
            }
            return size == 3 ? "/" : names.get(json, 1, size - 1, true);
        }

        /// The packet that the members make.
        Step packet() {
            if (type == null
                    || type.length() != 1
                    || type.charAt(0) < '0'
                    || type.charAt(0) > '4') {
                return refuse("packet type 0 to 4 expected, found " + found(type));
            }
            PacketType kind = PacketType.of(type.charAt(0) - '0');
            if (nsp == null) {
                return refuse(kind + " without a namespace that begins with '/'");
            }
            long number = Packet.NO_ID;
            if (id != null) {
                if (!id.matches("[0-9]{1,16}") || Long.parseLong(id) > JsonDecoder.MAX_ID) {
                    return refuse("acknowledgement id of %s: %s".formatted(kind, found(id)));
                }
                number = Long.parseLong(id);
            }
            if (data == null) {
                return switch (kind) {
                    case CONNECT -> new Step.Decoded(new Packet.Connect(nsp, null));
                    case DISCONNECT -> new Step.Decoded(new Packet.Disconnect(nsp));
                    case EVENT, ACK, CONNECT_ERROR, BINARY_EVENT, BINARY_ACK ->
                            refuse(kind + " without a payload");
                };
            }
            String wrong = JsonDecoder.wrongPayload(kind, data.buffer()[0]);
            if (wrong != null) {
                return refuse("payload of %s: %s".formatted(kind, wrong));
            }
            return switch (kind) {
                case CONNECT -> new Step.Decoded(new Packet.Connect(nsp, data));
                case CONNECT_ERROR -> new Step.Decoded(new Packet.ConnectError(nsp, data));
                case DISCONNECT -> new Step.Decoded(new Packet.Disconnect(nsp));
                case ACK, BINARY_ACK -> new Step.Decoded(new Packet.Ack(nsp, number, data));
                case EVENT, BINARY_EVENT -> {
                    String name = names.ofEvent(data.buffer(), data.from(), data.to());
                    yield name == null
                            ? refuse("event whose name is neither a string nor a number")
                            : new Step.Decoded(new Packet.Event(nsp, number, name, data));
                }
            };
        }

        private static String found(@Nullable String value) {
            return value == null ? "nothing" : ErrorText.clip(value);
        }

        private String text() {
            return new String(reader.json.array(), 0, reader.json.size(), UTF_8);
        }
    }
}
