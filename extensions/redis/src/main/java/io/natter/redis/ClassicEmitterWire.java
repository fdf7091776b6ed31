package io.natter.redis;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageParser;
import io.natter.cluster.MessageWriter;
import io.natter.cluster.Messages;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.Set;

/// The messages of npm `@socket.io/redis-emitter`, for servers with the classic adapter.
final class ClassicEmitterWire implements EmitterWire {
    private final Publisher bus;
    private final String key;
    private final MessageParser parser;

    ClassicEmitterWire(Publisher bus, String key, MessageParser parser) {
        this.bus = bus;
        this.key = key;
        this.parser = parser;
    }

    private ClassicChannels channels(String namespace) {
        return new ClassicChannels(key, namespace, ClusterMessage.EMITTER);
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        Payload message =
                Messages.broadcast(
                        ClusterMessage.EMITTER,
                        Messages.packet(packet, true).build(),
                        Messages.options(options).build());
        bus.publish(
                channels(packet.namespace()).broadcast(options.rooms()), parser.encode(message));
    }

    @Override
    public void join(String namespace, BroadcastOptions options, Set<String> rooms) {
        request(namespace, selecting(ClassicRequest.JOIN, options).texts("rooms", rooms));
    }

    @Override
    public void leave(String namespace, BroadcastOptions options, Set<String> rooms) {
        request(namespace, selecting(ClassicRequest.LEAVE, options).texts("rooms", rooms));
    }

    @Override
    public void disconnect(String namespace, BroadcastOptions options, boolean close) {
        request(namespace, selecting(ClassicRequest.DISCONNECT, options).flag("close", close));
    }

    @Override
    public void serverSideEmit(String namespace, Payload args) {
        request(
                namespace,
                new MessageWriter()
                        .text("uid", ClusterMessage.EMITTER)
                        .number("type", ClassicRequest.SERVER_SIDE_EMIT)
                        .payload("data", args));
    }

    private static MessageWriter selecting(int type, BroadcastOptions options) {
        return new MessageWriter()
                .number("type", type)
                .object(
                        "opts",
                        new MessageWriter()
                                .texts("rooms", options.rooms())
                                .texts("except", options.except()));
    }

    private void request(String namespace, MessageWriter request) {
        bus.publish(channels(namespace).request(), parser.jsonOrEncoded(request.build()));
    }
}
