package io.natter.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The options that all adapters and emitters for Redis share.
///
/// @param <B> the builder
/// @param <A> what it makes
public abstract sealed class RedisOptions<B extends RedisOptions<B, A>, A>
        permits RedisAdapter.Builder,
                RedisShardedAdapter.Builder,
                RedisStreamsAdapter.Builder,
                RedisEmitter.Builder {
    Duration requestsTimeout = Duration.ofSeconds(5);
    private long maxWaitingBytes = 16L << 20;
    private @Nullable Seal seal;

    RedisOptions() {}

    abstract B self();

    /// See [RedisServers#at].
    boolean redirects() {
        return false;
    }

    /// Makes the adapter; the link is closed where this throws.
    abstract A create(RedisLink link);

    /// How long other servers have to answer, 5 seconds by default.
    public B requestsTimeout(Duration value) {
        requestsTimeout = value;
        return self();
    }

    /// How many bytes of messages may wait for Redis, 16 MiB by default. Beyond it, messages for
    /// other servers are dropped and counted.
    public B maxWaitingBytes(long value) {
        maxWaitingBytes = value;
        return self();
    }

    /// A secret of the cluster with which all messages are signed (HMAC-SHA-256); none by default.
    /// Messages without the signature are dropped and counted as malformed. All servers and
    /// emitters need the same secret; Node.js has no such option, so its servers cannot take part.
    public B secret(String value) {
        seal = new Seal(value);
        return self();
    }

    /// Connects to a Redis by its address: `redis://:password@localhost:6379`, `rediss://` with
    /// TLS, `redis-sentinel://one,two,three/0#name`, or `redis-cluster://one:6379,two:6379` for a
    /// Redis Cluster. Blocks until it is connected.
    ///
    /// @throws io.lettuce.core.RedisConnectionException if it cannot be reached
    public A connect(String uri) {
        return link(RedisServers.at(uri, redirects()));
    }

    /// Connects with a client of the application's, which stays open at the end. Its options need a
    /// `replayFilter` for `PUBLISH`, `SPUBLISH` and `XADD`, and in a Redis Cluster `maxRedirects`
    /// of 0. Otherwise messages may come out of order when a connection breaks or a slot moves.
    public A connect(RedisClient client) {
        return link(new SingleRedis(client, null));
    }

    /// The same for a Redis Cluster.
    public A connect(RedisClusterClient client) {
        return link(new ClusterRedis(client, null));
    }

    private A link(RedisServers servers) {
        var link = new RedisLink(servers, maxWaitingBytes, seal);
        try {
            return create(link);
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }
}
