package io.natter.conformance;

import java.nio.file.Path;
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
        return cluster("classic");
    }

    private static List<DynamicNode> cluster(String adapter) throws Exception {
        var java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.natter.conformance.Conformance",
                        "cluster");
        return NodeSuite.run(
                "cluster",
                Map.of(
                        "NATTER_REDIS",
                        redis.url(),
                        "NATTER_ADAPTER",
                        adapter,
                        "NATTER_CLUSTER",
                        JsonMapper.shared().writeValueAsString(java)));
    }
}
