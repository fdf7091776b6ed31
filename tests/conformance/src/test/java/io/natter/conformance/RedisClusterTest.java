package io.natter.conformance;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/// Servers on Node.js and on the JVM as one cluster over a real Redis. The same rules hold for
/// Node.js alone, for each mix, and for the JVM alone.
class RedisClusterTest {
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

    @TestFactory
    List<DynamicNode> classicAdapter() throws Exception {
        return suite("cluster", Map.of("NATTER_ADAPTER", "classic"));
    }

    @TestFactory
    List<DynamicNode> shardedAdapter() throws Exception {
        return suite("cluster", Map.of("NATTER_ADAPTER", "sharded"));
    }

    @TestFactory
    List<DynamicNode> classicAdapterWithMessagesInJson() throws Exception {
        return suite("cluster", Map.of("NATTER_ADAPTER", "classic-json"));
    }

    @TestFactory
    List<DynamicNode> shardedAdapterWithoutChannelsOfRooms() throws Exception {
        return suite("cluster", Map.of("NATTER_ADAPTER", "sharded-static"));
    }

    @TestFactory
    List<DynamicNode> shardedAdapterWithChannelsOfPrivateRooms() throws Exception {
        return suite("cluster", Map.of("NATTER_ADAPTER", "sharded-private"));
    }

    @TestFactory
    List<DynamicNode> streamsAdapter() throws Exception {
        return suite("cluster", Map.of("NATTER_ADAPTER", "streams"));
    }

    @TestFactory
    List<DynamicNode> recoveryOnAnotherServer() throws Exception {
        return suite("cluster-recovery", Map.of());
    }

    @TestFactory
    List<DynamicNode> secretOfTheCluster() throws Exception {
        return suite("cluster-secret", Map.of());
    }

    @TestFactory
    List<DynamicNode> faults() throws Exception {
        return suite("cluster-faults", Map.of("NATTER_ADAPTER", "classic streams"));
    }

    @TestFactory
    List<DynamicNode> presence() throws Exception {
        return suite("cluster-presence", Map.of("NATTER_ADAPTER", "classic sharded streams"));
    }

    @TestFactory
    List<DynamicNode> adminUi() throws Exception {
        return suite("cluster-admin", Map.of("NATTER_ADAPTER", "classic"));
    }

    @TestFactory
    List<DynamicNode> messagesOfNoServer() throws Exception {
        return suite("cluster-messages", Map.of());
    }

    @TestFactory
    List<DynamicNode> rightsOfRedis() throws Exception {
        return suite("cluster-rights", Map.of());
    }

    @TestFactory
    List<DynamicNode> roomsChangeWhileRedisIsAway() throws Exception {
        return suite("cluster-away", Map.of());
    }

    @TestFactory
    List<DynamicNode> slotsOfRedisClusterMove() throws Exception {
        return suite("cluster-slots", Map.of());
    }

    @TestFactory
    List<DynamicNode> sentinelFailsOver() throws Exception {
        return suite("cluster-sentinel", Map.of());
    }

    private static List<DynamicNode> suite(String name, Map<String, String> variables)
            throws Exception {
        var java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.natter.conformance.Conformance",
                        "cluster");
        var environment = new HashMap<>(variables);
        environment.put("NATTER_REDIS", redis.url());
        environment.put("NATTER_CLUSTER", JsonMapper.shared().writeValueAsString(java));
        return NodeSuite.run(name, environment);
    }
}
