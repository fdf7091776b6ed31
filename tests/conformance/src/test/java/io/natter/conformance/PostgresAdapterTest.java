package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.natter.postgres.PostgresAdapter;
import io.natter.postgres.PostgresEmitter;
import io.natter.postgres.PostgresException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/// Rules of this adapter beside those of a cluster.
class PostgresAdapterTest extends PostgresCase {
    @Test
    void equalEventsThatWaitTogetherAllArrive() {
        for (int i = 0; i < 30; i++) {
            natter().io().emit("tick", i / 10);
        }
        List<Object> firstArguments =
                onNode.awaitEvents("tick", 30).stream().map(List::getFirst).toList();
        assertThat(firstArguments)
                .isEqualTo(IntStream.range(0, 30).mapToObj(i -> (Object) (i / 10)).toList());
    }

    @Test
    void malformedMessagesAreCountedAndTheNextOneIsHeard() throws Exception {
        long malformed = natter().adapter().metrics().malformed();
        long missing = natter().adapter().metrics().attachmentsMissing();
        for (String message :
                List.of(
                        "no JSON",
                        "{\"type\":3,\"uid\":\"x\"}",
                        "{\"type\":3,\"uid\":\"x\",\"data\":{\"packet\":{\"data\":[]},\"opts\":{}}}",
                        "{\"type\":3,\"uid\":\"x\",\"attachmentId\":\"one\"}")) {
            execute("SELECT pg_notify('socket.io#/', '" + message + "')");
        }
        execute("SELECT pg_notify('socket.io#/', '{\"uid\":\"x\",\"attachmentId\":\"-1\"}')");
        execute(
                "WITH row AS (INSERT INTO socket_io_attachments (payload) VALUES ('\\xc1')"
                        + " RETURNING id) SELECT pg_notify('socket.io#/',"
                        + " '{\"uid\":\"x\",\"attachmentId\":\"' || id || '\"}') FROM row");
        PostgresEmitter.create(postgres().dataSource()).emit("good", 1);
        onNatter.awaitEvents("good", 1);
        assertThat(natter().adapter().metrics().malformed() - malformed).isEqualTo(5);
        assertThat(natter().adapter().metrics().attachmentsMissing() - missing).isEqualTo(1);
    }

    @Test
    void aNamespaceWithATooLongNameStaysOnItsServer() throws Exception {
        String name = "/" + "n".repeat(60);
        natter().io().of(name);
        long dropped = natter().adapter().metrics().dropped();
        try (var client = natter().client(name)) {
            natter().io().of(name).emit("here", 1);
            assertThat(client.awaitEvents("here", 1)).hasSize(1);
        }
        assertThat(natter().adapter().metrics().dropped()).isGreaterThan(dropped);
    }

    @Test
    void oldRowsOfTheTableAreDeleted() throws Exception {
        var builder = PostgresAdapter.builder().cleanupInterval(Duration.ofMillis(200));
        try (var server = ClusterNode.start(builder.connect(postgres().url()))) {
            server.io().emit("bytes", new byte[] {1});
            onNatter.awaitEvents("bytes", 1);
            soon().until(() -> rows() == 0);
        }
    }

    private static int rows() throws SQLException {
        try (var connection = postgres().connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM socket_io_attachments")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Test
    void rowsThatTheRoleMayNotReadAreCountedAndTheConnectionGoesOn() throws Exception {
        execute("CREATE ROLE writer LOGIN");
        execute("GRANT INSERT ON socket_io_attachments TO writer");
        String url = postgres().url().replaceFirst("//[^@]*@", "//writer@");
        try (var server = ClusterNode.start(PostgresAdapter.connect(url));
                var client = server.client("/")) {
            soon().until(() -> server.servers() == 3);
            natter().io().emit("bytes of a row", new byte[] {1});
            natter().io().emit("plain", 1);
            client.awaitEvents("plain", 1);
            assertThat(server.adapter().metrics().attachmentsMissing()).isEqualTo(1);
            assertThat(server.adapter().metrics().reconnects()).isZero();
            assertThat(client.events("bytes of a row")).isEmpty();
        } finally {
            execute("DROP OWNED BY writer");
            execute("DROP ROLE writer");
        }
    }

    @Test
    void aServerThatStillSendsAfterItsEndIsNotCountedAgain() throws Exception {
        try (var server = ClusterNode.start(PostgresAdapter.connect(postgres().url()))) {
            soon().until(() -> natter().servers() == 3);
            server.io().of("/").adapter().close();
            server.io().emit("of the last handlers", 1);
            both().forEach(client -> client.awaitEvents("of the last handlers", 1));
            assertThat(natter().servers()).isEqualTo(2);
        }
    }

    @Test
    void connectionsOfAPoolAreGivenBackAsTheyCame() throws Exception {
        var config = new HikariConfig();
        config.setDataSource(postgres().dataSource());
        config.setMaximumPoolSize(2);
        try (var pool = new HikariDataSource(config)) {
            try (var server = ClusterNode.start(PostgresAdapter.builder().connect(pool))) {
                soon().until(() -> server.servers() == 3);
                server.io().emit("pooled", new byte[] {1});
                both().forEach(client -> client.awaitEvents("pooled", 1));
            }
            soon().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
            try (var one = pool.getConnection();
                    var two = pool.getConnection()) {
                for (Connection each : List.of(one, two)) {
                    PostgresEmitter.create(postgres().dataSource()).emit("later");
                    execute(each, "SELECT 1");
                    assertThat(each.unwrap(PGConnection.class).getNotifications()).isEmpty();
                }
            }
        }
    }

    @Test
    void aDatabaseWithoutTheTableIsRefusedWithTheRemedy() {
        var builder = PostgresAdapter.builder().tableName("not_installed");
        assertThatThrownBy(() -> builder.connect(postgres().url()))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("not_installed")
                .hasMessageContaining("PostgresSchema.install");
    }
}
