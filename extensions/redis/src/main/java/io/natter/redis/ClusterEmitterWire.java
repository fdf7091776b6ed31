package io.natter.redis;

import static io.natter.cluster.ClusterMessage.BROADCAST;
import static io.natter.cluster.ClusterMessage.DISCONNECT_SOCKETS;
import static io.natter.cluster.ClusterMessage.EMITTER;
import static io.natter.cluster.ClusterMessage.SERVER_SIDE_EMIT;
import static io.natter.cluster.ClusterMessage.SOCKETS_JOIN;
import static io.natter.cluster.ClusterMessage.SOCKETS_LEAVE;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageWriter;
import io.natter.cluster.Messages;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.Set;
import java.util.function.Consumer;

/// [ClusterMessage]s, for servers with the sharded or the streams adapter.
final class ClusterEmitterWire implements EmitterWire {
    private final Consumer<ClusterMessage> publish;

    ClusterEmitterWire(Consumer<ClusterMessage> publish) {
        this.publish = publish;
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        send(
                BROADCAST,
                packet.namespace(),
                new MessageWriter()
                        .object("packet", Messages.packet(packet, false))
                        .object("opts", Messages.options(options)));
    }

    @Override
    public void join(String namespace, BroadcastOptions options, Set<String> rooms) {
        send(SOCKETS_JOIN, namespace, selecting(options).texts("rooms", rooms));
    }

    @Override
    public void leave(String namespace, BroadcastOptions options, Set<String> rooms) {
        send(SOCKETS_LEAVE, namespace, selecting(options).texts("rooms", rooms));
    }

    @Override
    public void disconnect(String namespace, BroadcastOptions options, boolean close) {
        send(DISCONNECT_SOCKETS, namespace, selecting(options).flag("close", close));
    }

    @Override
    public void serverSideEmit(String namespace, Payload args) {
        send(SERVER_SIDE_EMIT, namespace, new MessageWriter().payload("packet", args));
    }

    private static MessageWriter selecting(BroadcastOptions options) {
        return new MessageWriter().object("opts", Messages.options(options));
    }

    private void send(int type, String namespace, MessageWriter data) {
        publish.accept(new ClusterMessage(type, data.build(), EMITTER, namespace));
    }
}
