package io.natter.conformance;

import io.natter.postgres.PostgresSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/// Servers on Node.js and on the JVM as one cluster over a real PostgreSQL. The same rules hold for
/// Node.js alone, for each mix, and for the JVM alone.
class PostgresClusterTest {
    @SuppressWarnings("NullAway.Init") // started before any test
    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new PostgresServer();
        PostgresSchema.install(postgres.url());
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @TestFactory
    List<DynamicNode> postgresAdapter() throws Exception {
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
                        "NATTER_POSTGRES",
                        postgres.url(),
                        "NATTER_ADAPTER",
                        "postgres",
                        "NATTER_CLUSTER",
                        JsonMapper.shared().writeValueAsString(java)));
    }
}
