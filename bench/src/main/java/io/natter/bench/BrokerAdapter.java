package io.natter.bench;

import io.natter.redis.RedisAdapter;
import io.natter.redis.RedisShardedAdapter;
import io.natter.socketio.adapter.Adapter;
import org.jspecify.annotations.Nullable;

/// The adapter of a server of a cluster, with every option at its default. Only loaded where the
/// server is one.
final class BrokerAdapter {
    private BrokerAdapter() {}

    static Adapter.Factory connect(String redis, @Nullable String kind) {
        return "sharded".equals(kind)
                ? RedisShardedAdapter.connect(redis)
                : RedisAdapter.connect(redis);
    }
}
