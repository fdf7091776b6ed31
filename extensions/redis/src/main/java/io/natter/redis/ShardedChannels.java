package io.natter.redis;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageReader;
import io.natter.redis.RedisShardedAdapter.SubscriptionMode;
import java.util.Set;

/// Which messages have a channel of their own room.
record ShardedChannels(SubscriptionMode mode) {
    /// A room with a name of this length may be the id of a socket.
    private static final int ID_LENGTH = 20;

    /// Whether broadcasts to this room alone go to a channel of its own.
    boolean hasOwn(String room) {
        return switch (mode) {
            case STATIC -> false;
            case DYNAMIC -> room.length() != ID_LENGTH;
            case DYNAMIC_PRIVATE -> true;
        };
    }

    /// The channel of a message. Broadcasts with acknowledgements go to all servers, because their
    /// number is what is counted.
    ///
    /// @param channel the channel of the namespace
    String of(String channel, ClusterMessage message) {
        if (mode == SubscriptionMode.STATIC || !message.isPlainBroadcast()) {
            return channel;
        }
        Set<String> rooms =
                MessageReader.texts(MessageReader.required(message.requireData(), "opts"), "rooms");
        if (rooms.size() != 1) {
            return channel;
        }
        String room = rooms.iterator().next();
        return hasOwn(room) ? ofRoom(channel, room) : channel;
    }

    static String ofRoom(String channel, String room) {
        return channel + room + "#";
    }
}
