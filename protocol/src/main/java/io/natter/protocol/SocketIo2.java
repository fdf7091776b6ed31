package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Socket.IO protocol 4, which clients on Engine.IO 3 speak, in the packets of protocol 5: a query
/// in the namespace stands for credentials, a connect says nothing back, and a refusal is the bare
/// `data` of the error, or its bare message. The frames are those of the parser beneath.
record SocketIo2(Parser beneath) implements Parser {
    /// As many parameters as npm reads of a query.
    private static final int MAX_PARAMETERS = 1000;

    private static final byte[] INVALID_NAMESPACE =
            "{\"message\":\"Invalid namespace\"}".getBytes(UTF_8);

    @Override
    public Decoder newDecoder(Limits limits) {
        return new QueryDecoder(beneath.newDecoder(limits));
    }

    @Override
    public List<Frame> encode(Packet packet) {
        return beneath.encode(
                switch (packet) {
                    case Packet.Connect(String nsp, _) -> new Packet.Connect(nsp, null);
                    case Packet.ConnectError(String nsp, Payload data) ->
                            new Packet.ConnectError(nsp, bare(data));
                    case Packet.Disconnect _, Packet.Event _, Packet.Ack _ -> packet;
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
        Payload data = JsonScanner.member(error, "data");
        if (data != null && isTrue(data)) {
            return data;
        }
        Payload message = JsonScanner.member(error, "message");
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

    private record QueryDecoder(Decoder beneath) implements Decoder {
        @Override
        public Step text(byte[] buffer, int from, int to) {
            return withoutQuery(beneath.text(buffer, from, to));
        }

        @Override
        public Step binary(byte[] data) {
            return withoutQuery(beneath.binary(data));
        }

        private static Step withoutQuery(Step step) {
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
                        case Packet.Connect _ -> new Packet.Connect(nsp, credentials(query));
                        case Packet.Disconnect _ -> new Packet.Disconnect(nsp);
                        case Packet.Event(_, long id, String name, Payload args) ->
                                new Packet.Event(nsp, id, name, args);
                        case Packet.Ack(_, long id, Payload args) -> new Packet.Ack(nsp, id, args);
                        case Packet.ConnectError(_, Payload data) ->
                                new Packet.ConnectError(nsp, data);
                    });
        }
    }

    /// The parameters of a query as a JSON object of strings, or of arrays where one comes again.
    private static Payload credentials(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        String[] pairs = query.split("&", MAX_PARAMETERS + 1);
        for (int i = 0; i < Math.min(pairs.length, MAX_PARAMETERS); i++) {
            String pair = pairs[i];
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters
                        .computeIfAbsent(unescaped(key), _ -> new ArrayList<>(1))
                        .add(unescaped(value));
            }
        }
        Bytes json = new Bytes(query.length() + 16);
        json.add('{');
        parameters.forEach(
                (key, values) -> {
                    JsonText.separate(json, '{');
                    JsonText.string(json, key);
                    json.add(':');
                    if (values.size() == 1) {
                        JsonText.string(json, values.getFirst());
                    } else {
                        json.add('[');
                        for (String value : values) {
                            JsonText.separate(json, '[');
                            JsonText.string(json, value);
                        }
                        json.add(']');
                    }
                });
        json.add('}');
        return new Payload(json.array, 0, json.size, List.of());
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
