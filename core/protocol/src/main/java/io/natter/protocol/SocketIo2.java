package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.JsonWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Socket.IO protocol 4, which clients on Engine.IO 3 use, in the packets of protocol 5. A query in
/// the namespace stands for credentials. A connect is answered without data. A refusal is the bare
/// `data` of the error, or its bare message. The frames are those of the parser beneath.
record SocketIo2(Parser beneath, QueryReader query) implements Parser {
    /// The number of parameters that npm reads of a query.
    private static final int MAX_PARAMETERS = 1000;

    private static final byte[] INVALID_NAMESPACE =
            "{\"message\":\"Invalid namespace\"}".getBytes(UTF_8);

    @Override
    public Decoder newDecoder(Limits limits) {
        return new QueryDecoder(beneath.newDecoder(limits), query);
    }

    @Override
    public List<EngineMessage> encode(Packet packet) {
        return beneath.encode(
                switch (packet) {
                    case Packet.Connect(String nsp, var ignored) -> new Packet.Connect(nsp, null);
                    case Packet.ConnectError(String nsp, Payload data) ->
                            new Packet.ConnectError(nsp, bare(data));
                    default -> packet;
                });
    }

    /// The member `data` of an error object, else its `message`, else all of it. That there is no
    /// such namespace is told as an object even here: npm's server bares what middleware says only.
    private static Payload bare(Payload error) {
        if (Arrays.equals(
                error.buffer(),
                error.from(),
                error.to(),
                INVALID_NAMESPACE,
                0,
                INVALID_NAMESPACE.length)) {
            return error;
        }
        Payload data = error.member("data");
        if (data != null && isTrue(data)) {
            return data;
        }
        Payload message = error.member("message");
        return message == null ? error : message;
    }

    /// Whether JavaScript takes the value for true.
    private static boolean isTrue(Payload value) {
        String start = new String(value.buffer(), value.from(), Math.min(value.length(), 6), UTF_8);
        return switch (start) {
            case "null", "false", "0", "\"\"" -> false;
            default -> true;
        };
    }

    private record QueryDecoder(Decoder beneath, QueryReader reader) implements Decoder {
        @Override
        public Step text(byte[] buffer, int from, int to) {
            return withoutQuery(beneath.text(buffer, from, to));
        }

        @Override
        public Step binary(byte[] data) {
            return withoutQuery(beneath.binary(data));
        }

        @Override
        public long heldBytes() {
            return beneath.heldBytes();
        }

        private Step withoutQuery(Step step) {
            if (!(step instanceof Step.Decoded(Packet packet))) {
                return step;
            }
            int mark = packet.namespace().indexOf('?');
            if (mark < 0) {
                return step;
            }
            String nsp = packet.namespace().substring(0, mark);
            String query = packet.namespace().substring(mark + 1);
            return new Step.Decoded(
                    switch (packet) {
                        case Packet.Connect ignored ->
                                new Packet.Connect(nsp, credentials(query, reader));
                        case Packet.Disconnect ignored -> new Packet.Disconnect(nsp);
                        case Packet.Event(var ignored, long id, String name, Payload args) ->
                                new Packet.Event(nsp, id, name, args);
                        case Packet.Ack(var ignored, long id, Payload args) ->
                                new Packet.Ack(nsp, id, args);
                        case Packet.ConnectError(var ignored, Payload data) ->
                                new Packet.ConnectError(nsp, data);
                    });
        }
    }

    /// The parameters of a query as a JSON object of strings, or of arrays where one comes again.
    private static Payload credentials(String query, QueryReader reader) {
        Map<String, List<String>> parameters = reader.read(query, MAX_PARAMETERS);
        ByteBuilder json = new ByteBuilder(query.length() + 16);
        json.add('{');
        parameters.forEach(
                (key, values) -> {
                    JsonWriter.separate(json, '{');
                    JsonWriter.string(json, key);
                    json.add(':');
                    if (values.size() == 1) {
                        JsonWriter.string(json, values.getFirst());
                    } else {
                        json.add('[');
                        for (String value : values) {
                            JsonWriter.separate(json, '[');
                            JsonWriter.string(json, value);
                        }
                        json.add(']');
                    }
                });
        json.add('}');
        return new Payload(json.array(), 0, json.size(), List.of());
    }
}
