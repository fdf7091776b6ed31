package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.netty.NettyHost;
import io.natter.redis.RedisAdapter;
import io.natter.redis.RedisShardedAdapter;
import io.natter.redis.RedisStreamsAdapter;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.adapter.Adapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A dynamic namespace goes while another of its name comes. The adapter of the first is closed
/// last, and must not end what the second has subscribed to.
class RedisSuccessorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // started before any test
    private static RedisServer redis;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    private static SocketIoServer server(Adapter.Factory adapter) {
        return SocketIoServer.create(SocketIoOptions.builder().adapter(adapter).build());
    }

    @Test
    void classicAdapter() throws Exception {
        try (var shared = RedisAdapter.connect(redis.url());
                var other = RedisAdapter.connect(redis.url())) {
            check(shared, other);
        }
    }

    @Test
    void shardedAdapter() throws Exception {
        try (var shared = RedisShardedAdapter.connect(redis.url());
                var other = RedisShardedAdapter.connect(redis.url())) {
            check(shared, other);
        }
    }

    @Test
    void streamsAdapter() throws Exception {
        try (var shared = RedisStreamsAdapter.connect(redis.url());
                var other = RedisStreamsAdapter.connect(redis.url())) {
            check(shared, other);
        }
    }

    /// @param shared of the namespace that goes and of the one that comes
    private static void check(Adapter.Factory shared, Adapter.Factory other) throws Exception {
        var going = server(shared);
        var coming = server(shared);
        var sender = server(other);
        coming.of("/").onServerSide("ask", (args, ack) -> ack.send("answer"));
        try (var host = NettyHost.builder().endpoint(coming).host("127.0.0.1").port(0).listen();
                var client = new RecordingClient(host.port(), "/")) {
            coming.socketsJoin("room");
            going.of("/").adapter().close();
            await().atMost(PATIENCE).until(() -> servers(sender) == 2 && servers(coming) == 2);
            sender.emit("to all", 1);
            client.awaitEvents("to all", 1);
            var answers = sender.of("/").serverSideEmitWithAck("ask");
            assertThat(answers.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
            assertThat(sender.fetchSockets()).hasSize(1);
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                sender.to("room").emit("to the room", 1);
                                return !client.events("to the room").isEmpty();
                            });
        }
    }

    private static int servers(SocketIoServer server) {
        return server.of("/").adapter().serverCount().join();
    }
}
