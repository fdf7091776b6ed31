package io.natter.redis;

import io.natter.cluster.ClusterAdapter;
import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageReader;
import io.natter.cluster.Messages;
import io.natter.protocol.Payload;
import io.natter.redis.RedisShardedAdapter.SubscriptionMode;
import io.natter.socketio.adapter.LocalAdapter;
import io.natter.socketio.adapter.RoomListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// One namespace over sharded publish and subscribe, as `createShardedAdapter` of npm
/// `@socket.io/redis-adapter` does it.
final class ShardedAdapter extends ClusterAdapter {
    private final RedisShardedAdapter.Settings settings;
    private final RedisBus bus;
    private final ShardedChannels channels;
    private final String channel;
    private final List<Runnable> subscriptions;

    /// Each ends the subscription of a room's channel.
    private final Map<String, Runnable> roomChannels = new ConcurrentHashMap<>();

    private volatile boolean closed;

    ShardedAdapter(LocalAdapter local, ServerEvents events, RedisShardedAdapter.Settings settings) {
        super(local, events, settings.cluster());
        this.settings = settings;
        this.bus = settings.bus();
        this.channels = new ShardedChannels(settings.mode());
        channel = settings.channelPrefix() + "#" + local.namespace() + "#";
        subscriptions =
                List.of(
                        bus.subscribe(channel, this::onBytes),
                        bus.subscribe(channel + uid() + "#", this::onBytes));
        if (settings.mode() != SubscriptionMode.STATIC) {
            local.onRooms(new RoomChannels());
        }
    }

    @Override
    protected void publish(ClusterMessage message) {
        bus.publish(channels.of(channel, message), Messages.jsonOrMessagePack(message.write()));
    }

    @Override
    protected void respond(String requester, ClusterMessage response) {
        bus.publish(channel + requester + "#", Messages.jsonOrMessagePack(response.write()));
    }

    private void onBytes(byte[] bytes) {
        Payload message = MessageReader.message(bytes);
        onMessage(ClusterMessage.read(message), null);
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return settings.serverCount(channel);
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(Runnable::run);
        roomChannels.values().forEach(Runnable::run);
        super.close();
    }

    /// Listens to the channels of rooms that have members here.
    private final class RoomChannels implements RoomListener {
        @Override
        public void created(String room) {
            if (!closed && channels.hasOwn(room)) {
                String own = ShardedChannels.ofRoom(channel, room);
                roomChannels.put(own, bus.subscribe(own, ShardedAdapter.this::onBytes));
            }
        }

        @Override
        public void deleted(String room) {
            Runnable end = roomChannels.remove(ShardedChannels.ofRoom(channel, room));
            if (end != null) {
                end.run();
            }
        }
    }
}
