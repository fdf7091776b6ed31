package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes packets as npm `socket.io-msgpack-parser` does: one map, one binary message.
final class MessagePackParser implements Parser {
    private final Names names = new Names();

    @Override
    public Decoder newDecoder(Limits limits) {
        return new MessagePackDecoder(limits, names);
    }

    @Override
    public List<Frame> encode(Packet packet) {
        String nsp = packet.namespace();
        return List.of(
                new Frame.Binary(
                        switch (packet) {
                            case Packet.Connect(_, Payload data) -> map(0, nsp, Packet.NO_ID, data);
                            case Packet.Disconnect _ -> map(1, nsp, Packet.NO_ID, null);
                            case Packet.Event(_, long id, _, Payload args) -> map(2, nsp, id, args);
                            case Packet.Ack(_, long id, Payload args) -> map(3, nsp, id, args);
                            case Packet.ConnectError(_, Payload data) ->
                                    map(4, nsp, Packet.NO_ID, data);
                        }));
    }

    private static byte[] map(int type, String nsp, long id, @Nullable Payload payload) {
        int members = 2 + (id < 0 ? 0 : 1) + (payload == null ? 0 : 1);
        Bytes out = new Bytes(32 + (payload == null ? 0 : payload.length()));
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
