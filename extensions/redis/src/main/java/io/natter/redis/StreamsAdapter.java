package io.natter.redis;

import io.natter.cluster.ClusterAdapter;
import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageReader;
import io.natter.protocol.MessagePack;
import io.natter.protocol.Packet;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One namespace over a stream, as npm `@socket.io/redis-streams-adapter` does it. Requests,
/// answers and broadcasts with acknowledgements go by publish and subscribe.
final class StreamsAdapter extends ClusterAdapter {
    private static final byte[] NONE = {};

    private final RedisStreamsAdapter.Settings settings;
    private final String stream;
    private final String channel;
    private final Inbox inbox;
    private final OwnMessages own;
    private final @Nullable StreamRecovery recovery;
    private final List<Runnable> subscriptions;
    private final Consumer<StreamsAdapter> onClose;

    /// @param inbox handles and counts what goes wrong with an entry
    /// @param stream the stream of the namespace
    StreamsAdapter(
            LocalAdapter local,
            ServerEvents events,
            RedisStreamsAdapter.Settings settings,
            Inbox inbox,
            String stream,
            Consumer<StreamsAdapter> onClose) {
        super(local, events, settings.cluster());
        this.settings = settings;
        this.inbox = inbox;
        this.stream = stream;
        this.onClose = onClose;
        var link = settings.link();
        own = new OwnMessages(link.outbox, link::isConnected, link.timers);
        Duration keptFor = local.maxDisconnectionDuration();
        recovery =
                keptFor == null
                        ? null
                        : new StreamRecovery(
                                settings,
                                local.namespace(),
                                stream,
                                local.mapping(),
                                keptFor,
                                own::isAhead);
        channel = settings.channelPrefix() + "#" + local.namespace() + "#";
        subscriptions =
                List.of(
                        settings.bus().subscribe(channel, this::onBytes),
                        settings.bus().subscribe(channel + uid() + "#", this::onBytes));
    }

    // ---- to the others

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        if (recovery == null || options.local()) {
            super.broadcast(packet, options);
        } else {
            add(broadcastMessage(packet, options), offset -> deliver(packet, options, offset));
        }
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Set<String> rooms) {
        if (recovery == null || options.local()) {
            super.socketsJoin(options, rooms);
        } else {
            add(
                    roomsMessage(ClusterMessage.SOCKETS_JOIN, options, rooms),
                    offset -> local().socketsJoin(options, rooms));
        }
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Set<String> rooms) {
        if (recovery == null || options.local()) {
            super.socketsLeave(options, rooms);
        } else {
            add(
                    roomsMessage(ClusterMessage.SOCKETS_LEAVE, options, rooms),
                    offset -> local().socketsLeave(options, rooms));
        }
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (recovery == null || options.local()) {
            super.disconnectSockets(options, close);
        } else {
            add(
                    disconnectMessage(options, close),
                    offset -> local().disconnectSockets(options, close));
        }
    }

    /// Has a message done here when it comes back with the stream.
    private void add(ClusterMessage message, Consumer<@Nullable String> delivery) {
        Map<String, byte[]> fields = StreamFormat.write(message);
        own.send(key(fields), delivery, settings.writer().add(stream, fields));
    }

    /// The parts that identify own messages: type and data.
    private static byte[] key(Map<String, byte[]> fields) {
        byte[] type = fields.getOrDefault("type", NONE);
        byte[] data = fields.getOrDefault("data", NONE);
        byte[] key = Arrays.copyOf(type, type.length + data.length);
        System.arraycopy(data, 0, key, type.length, data.length);
        return key;
    }

    @Override
    protected void publish(ClusterMessage message) {
        boolean passing =
                switch (message.type()) {
                    case ClusterMessage.BROADCAST -> !message.isPlainBroadcast();
                    case ClusterMessage.FETCH_SOCKETS, ClusterMessage.SERVER_SIDE_EMIT -> true;
                    default -> false;
                };
        if (passing) {
            settings.bus().publish(channel, MessagePack.encode(message.write()));
            return;
        }
        Map<String, byte[]> fields = StreamFormat.write(message);
        settings.link()
                .outbox
                .send(StreamFormat.bytes(fields), settings.writer().add(stream, fields));
    }

    @Override
    protected void respond(String requester, ClusterMessage response) {
        settings.bus().publish(channel + requester + "#", MessagePack.encode(response.write()));
    }

    // ---- from the others

    private void onBytes(byte[] bytes) {
        onMessage(ClusterMessage.read(MessageReader.messagePack(bytes)), null);
    }

    /// An entry of this namespace.
    void onEntry(Map<String, byte[]> fields, String id) {
        ClusterMessage message = StreamFormat.read(fields);
        if (uid().equals(message.uid())) {
            if (recovery != null) {
                own.cameBack(key(fields), id);
            }
            return;
        }
        int bytes = StreamFormat.bytes(fields);
        own.deliver(() -> inbox.handle(() -> onMessage(message, id), bytes));
    }

    private Packet.Event passes(Packet.Event packet, BroadcastOptions options, String offset) {
        var numbered = StreamFormat.withOffset(packet, offset);
        if (recovery != null) {
            recovery.passes(numbered, options, StreamFormat.number(offset));
        }
        return numbered;
    }

    @Override
    protected void deliver(Packet.Event packet, BroadcastOptions options, @Nullable String offset) {
        if (recovery == null || offset == null || options.isVolatile()) {
            local().broadcast(packet, options);
        } else {
            var numbered = passes(packet, options, offset);
            local().broadcast(numbered, options, StreamFormat.number(offset));
        }
    }

    // ---- the rest

    @Override
    public CompletableFuture<Integer> serverCount() {
        return settings.link().serverCount(settings.bus(), channel);
    }

    @Override
    public boolean recovers() {
        return recovery != null;
    }

    @Override
    public void persistSession(Session session) {
        if (recovery != null) {
            recovery.persist(session);
        }
    }

    @Override
    public CompletableFuture<@Nullable Recovery> restoreSession(String pid, String offset) {
        return recovery == null
                ? CompletableFuture.completedFuture(null)
                : recovery.restore(pid, offset);
    }

    @Override
    public void close() {
        subscriptions.forEach(Runnable::run);
        onClose.accept(this);
        super.close();
    }
}
