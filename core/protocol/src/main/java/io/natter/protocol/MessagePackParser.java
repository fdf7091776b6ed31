package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.NameCache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes packets as npm `socket.io-msgpack-parser` does: one map, one binary message.
final class MessagePackParser implements Parser {
    private final NameCache names = new NameCache();

    @Override
    public Decoder newDecoder(Limits limits) {
        return new MessagePackDecoder(limits, names);
    }

    @Override
    public List<EngineMessage> encode(Packet packet) {
        String nsp = packet.namespace();
        return List.of(
                new EngineMessage.Binary(
                        switch (packet) {
                            case Packet.Connect(var ignored, Payload data) ->
                                    map(0, nsp, Packet.NO_ID, data);
                            case Packet.Disconnect ignored -> map(1, nsp, Packet.NO_ID, null);
                            case Packet.Event(var ignored, long id, var ignored2, Payload args) ->
                                    map(2, nsp, id, args);
                            case Packet.Ack(var ignored, long id, Payload args) ->
                                    map(3, nsp, id, args);
                            case Packet.ConnectError(var ignored, Payload data) ->
                                    map(4, nsp, Packet.NO_ID, data);
                        }));
    }

    private static byte[] map(int type, String nsp, long id, @Nullable Payload payload) {
        int members = 2 + (id < 0 ? 0 : 1) + (payload == null ? 0 : 1);
        ByteBuilder out = new ByteBuilder(32 + (payload == null ? 0 : payload.length()));
        MessagePackWriter.map(out, members);
        MessagePackWriter.string(out, "type".getBytes(UTF_8));
        MessagePackWriter.integer(out, type);
        if (payload != null) {
            MessagePackWriter.string(out, "data".getBytes(UTF_8));
            MessagePackWriter.payload(out, payload);
        }
        if (id >= 0) {
            MessagePackWriter.string(out, "id".getBytes(UTF_8));
            MessagePackWriter.integer(out, id);
        }
        MessagePackWriter.string(out, "nsp".getBytes(UTF_8));
        MessagePackWriter.string(out, nsp.getBytes(UTF_8));
        return out.toArray();
    }
}
