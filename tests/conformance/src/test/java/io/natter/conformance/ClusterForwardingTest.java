package io.natter.conformance;

import io.natter.postgres.PostgresSchema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/// Clients behind real HAProxy and nginx, with and without sticky sessions, with the configurations
/// of `examples/cluster`.
class ClusterForwardingTest {

    @TestFactory
    List<DynamicNode> overRedis() throws Exception {
        try (var redis = new RedisServer()) {
            return suite(Map.of("NATTER_REDIS", redis.url()));
        }
    }

    @TestFactory
    List<DynamicNode> overPostgres() throws Exception {
        try (var postgres = new PostgresServer()) {
            PostgresSchema.install(postgres.url());
            return suite(
                    Map.of(
                            "NATTER_POSTGRES",
                            postgres.url(),
                            "NATTER_ADAPTER",
                            "postgres",
                            "NATTER_SERVERS",
                            "netty netty"));
        }
    }

    private static List<DynamicNode> suite(Map<String, String> variables) throws Exception {
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
        environment.put("NATTER_CLUSTER", JsonMapper.shared().writeValueAsString(java));
        return NodeSuite.run("cluster-forwarding", environment);
    }
}
