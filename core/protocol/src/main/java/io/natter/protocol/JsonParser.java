package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.json.NameCache;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes packets as Socket.IO protocol 5 has them: `<type>[<n>-][<namespace>,][<id>][json]`, then
/// the attachments. The JSON of the payload is copied as it is.
final class JsonParser implements Parser {
    private final NameCache names = new NameCache();

    @Override
    public Decoder newDecoder(Limits limits) {
        return new JsonDecoder(limits, names);
    }

    @Override
    public List<EngineMessage> encode(Packet packet) {
        String nsp = packet.namespace();
        return switch (packet) {
            case Packet.Connect(var ignored, Payload data) ->
                    frames('0', '0', nsp, Packet.NO_ID, data);
            case Packet.Disconnect ignored -> frames('1', '1', nsp, Packet.NO_ID, null);
            case Packet.Event(var ignored, long id, var ignored2, Payload args) ->
                    frames('2', '5', nsp, id, args);
            case Packet.Ack(var ignored, long id, Payload args) -> frames('3', '6', nsp, id, args);
            case Packet.ConnectError(var ignored, Payload data) ->
                    frames('4', '4', nsp, Packet.NO_ID, data);
        };
    }

    private static List<EngineMessage> frames(
            char plain, char binary, String namespace, long id, @Nullable Payload payload) {
        List<byte[]> attachments = payload == null ? List.of() : payload.attachments();
        if (attachments.isEmpty() || plain == binary) {
            return List.of(text(String.valueOf(plain), namespace, id, payload));
        }
        List<EngineMessage> frames = new ArrayList<>(1 + attachments.size());
        frames.add(text(binary + "" + attachments.size() + '-', namespace, id, payload));
        for (byte[] attachment : attachments) {
            frames.add(new EngineMessage.Binary(attachment));
        }
        return frames;
    }

    private static EngineMessage text(
            String type, String namespace, long id, @Nullable Payload payload) {
        String head = namespace.equals("/") ? type : type + namespace + ',';
        byte[] header = (id < 0 ? head : head + id).getBytes(UTF_8);
        if (payload == null) {
            return new EngineMessage.Text(header);
        }
        byte[] utf8 = new byte[header.length + payload.length()];
        System.arraycopy(header, 0, utf8, 0, header.length);
        System.arraycopy(payload.buffer(), payload.from(), utf8, header.length, payload.length());
        return new EngineMessage.Text(utf8);
    }
}
