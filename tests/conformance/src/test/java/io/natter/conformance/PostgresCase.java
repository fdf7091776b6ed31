package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.postgres.PostgresAdapter;
import io.natter.postgres.PostgresSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A server on Node.js and one of Natter as a cluster over a real PostgreSQL, with a client each.
/// The servers run until the last test class has ended.
@SuppressWarnings("NullAway.Init") // started before any test
abstract class PostgresCase {
    @RegisterExtension static final BeforeAllCallback SERVERS = PostgresCase::start;

    private static Servers servers;

    RecordingClient onNode;
    RecordingClient onNatter;

    private record Servers(PostgresServer postgres, NodeProcess node, ClusterNode natter)
            implements AutoCloseable {
        static Servers start() {
            try {
                var postgres = new PostgresServer();
                PostgresSchema.install(postgres.url());
                var node = new NodeProcess("--adapter", "postgres", "--postgres", postgres.url());
                var natter = ClusterNode.start(PostgresAdapter.connect(postgres.url()));
                soon().until(() -> natter.servers() == 2);
                return new Servers(postgres, node, natter);
            } catch (Exception e) {
                throw new IllegalStateException("the servers did not start", e);
            }
        }

        @Override
        public void close() {
            natter.close();
            node.close();
            postgres.close();
        }
    }

    private static void start(ExtensionContext context) {
        servers =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.GLOBAL)
                        .computeIfAbsent(Servers.class, key -> Servers.start(), Servers.class);
    }

    static PostgresServer postgres() {
        return servers.postgres();
    }

    static NodeProcess node() {
        return servers.node();
    }

    static ClusterNode natter() {
        return servers.natter();
    }

    @BeforeEach
    void connect() {
        onNode = new RecordingClient(node().port(), "/");
        onNatter = natter().client("/");
    }

    @AfterEach
    void disconnect() {
        onNode.close();
        onNatter.close();
    }

    Stream<RecordingClient> both() {
        return Stream.of(onNode, onNatter);
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void execute(String sql) throws SQLException {
        try (var connection = postgres().connect()) {
            execute(connection, sql);
        }
    }

    /// Both clients have got these events and no other of that name; a later event proves it.
    void assertEvents(String name, Object... firstArguments) throws SQLException {
        int before = Math.max(onNode.events("fence").size(), onNatter.events("fence").size());
        execute("SELECT natter_emit('/', NULL, 'fence')");
        both().forEach(
                        client -> {
                            client.awaitEvents("fence", before + 1);
                            assertThat(client.events(name))
                                    .extracting(args -> args.getFirst())
                                    .containsExactly(firstArguments);
                        });
    }
}
