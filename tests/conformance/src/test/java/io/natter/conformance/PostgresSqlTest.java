package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.postgres.PostgresAdapter;
import io.natter.postgres.PostgresEmitter;
import io.natter.postgres.PostgresSchema;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The SQL functions of natter.sql.
class PostgresSqlTest extends PostgresCase {
    @Test
    void anEventOfSqlGoesOutWithTheCommitAndNotBefore() throws Exception {
        try (var transaction = postgres().connect()) {
            transaction.setAutoCommit(false);
            execute(transaction, "SELECT natter_emit('/', NULL, 'row', '1')");
            assertEvents("row");
            transaction.commit();
            both().forEach(client -> client.awaitEvents("row", 1));
        }
    }

    @Test
    void anEventOfSqlNeverGoesOutAfterARollback() throws Exception {
        try (var transaction = postgres().connect()) {
            transaction.setAutoCommit(false);
            execute(transaction, "SELECT natter_emit('/', NULL, 'row', '1')");
            execute(
                    transaction,
                    "SELECT natter_emit('/', NULL, 'row', to_jsonb(repeat('x', 9000)))");
            transaction.rollback();
        }
        assertEvents("row");
    }

    @Test
    void eventsOfOneTransactionComeInOrderAndEqualOnesEach() throws Exception {
        try (var transaction = postgres().connect()) {
            transaction.setAutoCommit(false);
            for (int n : List.of(1, 2, 2, 3)) {
                execute(transaction, "SELECT natter_emit('/', NULL, 'n', '%d')".formatted(n));
            }
            transaction.commit();
        }
        assertEvents("n", 1, 2, 2, 3);
    }

    @Test
    void anEventOfSqlReachesOneRoomOrSeveralExceptSome() throws Exception {
        String first = onNode.id();
        String second = onNatter.id();
        execute("SELECT natter_emit('/', '%s', 'one', '1')".formatted(first));
        execute(
                "SELECT natter_broadcast('/', ARRAY['%s', '%s'], NULL, 'two', '1')"
                        .formatted(first, second));
        execute("SELECT natter_broadcast('/', NULL, ARRAY['%s'], 'but', '1')".formatted(first));
        execute("SELECT natter_broadcast('/', '{}', NULL, 'none', '1')");
        assertEvents("two", 1);
        assertThat(onNode.events("one")).hasSize(1);
        assertThat(onNatter.events("one")).isEmpty();
        assertThat(onNode.events("but")).isEmpty();
        assertThat(onNatter.events("but")).hasSize(1);
        assertThat(onNode.events("none")).isEmpty();
        assertThat(onNatter.events("none")).isEmpty();
    }

    @Test
    void anEventOfSqlReachesANamespaceWithOrWithoutItsSlash() throws Exception {
        natter().io().of("/custom");
        try (var client = natter().client("/custom");
                var nodeClient = new RecordingClient(node().port(), "/custom")) {
            execute("SELECT natter_emit('custom', NULL, 'hello', '1')");
            execute("SELECT natter_emit('/custom', NULL, 'hello', '2')");
            assertThat(client.awaitEvents("hello", 2)).isEqualTo(List.of(List.of(1), List.of(2)));
            nodeClient.awaitEvents("hello", 2);
        }
        assertEvents("hello");
    }

    /// Every form of MessagePack that the function writes.
    @Test
    void aLongEventOfSqlArrivesWithEachKindOfValue() throws Exception {
        String value =
                """
                [0, 127, -1, -32, -33, 128, 2147483647, -2147483648, 2147483648, -5000000000,
                9007199254740991, 1e300, 0.1, -2.5, true, false, null, "", "ä€😀",
                "%s", "%s", [], {}, {"a": {"b": [1, [2]]}, "": null}]
                """
                        .formatted("y".repeat(40), "z".repeat(70_000));
        try (var connection = postgres().connect();
                var statement =
                        connection.prepareStatement(
                                "SELECT natter_emit('/', NULL, 'all', ?::jsonb, '7')")) {
            statement.setString(1, value);
            statement.execute();
        }
        both().forEach(
                        client -> {
                            var args = client.awaitEvents("all", 1).getFirst();
                            assertThat(args).hasSize(2);
                            assertThat(json(args.getFirst())).isEqualTo(json(value));
                            assertThat(args.getLast()).isEqualTo(7);
                        });
    }

    @Test
    void sqlMovesSocketsBetweenRoomsAndDisconnectsThem() throws Exception {
        String ids = "ARRAY['%s', '%s']".formatted(onNode.id(), onNatter.id());
        execute("SELECT natter_sockets_join('/', " + ids + ", 'vip', 'gold')");
        execute("SELECT natter_sockets_leave('/', " + ids + ", 'gold')");
        execute("SELECT natter_emit('/', 'vip', 'in', '1'), natter_emit('/', 'gold', 'in', '2')");
        assertEvents("in", 1);
        execute("SELECT natter_disconnect_sockets('/', " + ids + ")");
        soon().until(() -> both().noneMatch(RecordingClient::isConnected));
    }

    @Test
    void aTriggerSendsTheRowThatWasInserted() throws Exception {
        try (var connection = postgres().connect()) {
            execute(
                    connection,
                    """
                    CREATE TABLE orders (id int, customer int);
                    CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                      PERFORM natter_emit('/', NULL, 'order', to_jsonb(NEW));
                      RETURN NEW;
                    END $$;
                    CREATE TRIGGER tell AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION tell();
                    INSERT INTO orders VALUES (7, 42)
                    """);
        }
        both().forEach(
                        client ->
                                assertThat(
                                                json(
                                                        client.awaitEvents("order", 1)
                                                                .getFirst()
                                                                .getFirst()))
                                        .isEqualTo(json("{\"id\": 7, \"customer\": 42}")));
    }

    private static JsonNode json(Object text) {
        return JsonMapper.shared().readTree(text.toString());
    }

    @Test
    void sqlRefusesReservedNamesAndNamespacesThatAreTooLong() {
        assertThatThrownBy(() -> execute("SELECT natter_emit('/', NULL, 'disconnect')"))
                .hasMessageContaining("'disconnect' is no name for an event");
        assertThatThrownBy(() -> execute("SELECT natter_emit('/', NULL, NULL)"))
                .hasMessageContaining("NULL is no name");
        assertThatThrownBy(() -> execute("SELECT natter_emit(repeat('n', 60), NULL, 'x')"))
                .hasMessageContaining("more than 63 bytes");
    }

    @Test
    void installingAgainAndAtTheSameTimeHasNoEffect() {
        Stream.generate(postgres()::url).limit(4).parallel().forEach(PostgresSchema::install);
    }

    @Test
    void otherNamesAreAnotherCluster() throws Exception {
        try (var connection = postgres().connect()) {
            execute(connection, "CREATE SCHEMA other; SET search_path = other");
            execute(connection, PostgresSchema.sql("my.io", "other.big"));
            var names = PostgresAdapter.builder().channelPrefix("my.io").tableName("other.big");
            try (var server = ClusterNode.start(names.connect(postgres().url()));
                    var client = server.client("/")) {
                execute(connection, "SELECT natter_emit('/', NULL, 'mine', '1')");
                execute(
                        connection,
                        "SELECT natter_emit('/', NULL, 'mine', to_jsonb(repeat('x', 9000)))");
                PostgresEmitter.create(postgres().dataSource())
                        .names("my.io", "other.big")
                        .emit("mine", 3);
                assertThat(client.awaitEvents("mine", 3)).hasSize(3);
            }
        }
        assertEvents("mine");
    }

    @Test
    void aNameOfATableCannotCarrySql() {
        assertThatThrownBy(() -> PostgresSchema.sql("socket.io", "a; DROP TABLE b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the name of a table");
    }
}
