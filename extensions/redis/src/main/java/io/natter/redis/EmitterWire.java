package io.natter.redis;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.Set;

/// The messages of an emitter to the servers, in the form of their adapter.
interface EmitterWire {
    void broadcast(Packet.Event packet, BroadcastOptions options);

    void join(String namespace, BroadcastOptions options, Set<String> rooms);

    void leave(String namespace, BroadcastOptions options, Set<String> rooms);

    void disconnect(String namespace, BroadcastOptions options, boolean close);

    void serverSideEmit(String namespace, Payload args);
}
