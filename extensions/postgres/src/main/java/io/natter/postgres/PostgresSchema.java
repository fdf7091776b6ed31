package io.natter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The attachment table and the SQL functions that send to clients, such as `natter_emit`. They are
/// created where they are missing; installing them again has no effect. The functions need
/// PostgreSQL 13 or later.
///
/// A message that a function sends is part of the transaction: it goes out when the transaction
/// commits, and never when it is rolled back.
///
/// ```sql
/// INSERT INTO orders (id, customer) VALUES (7, 42);
/// SELECT natter_emit('/shop', 'customer:42', 'order', '{"id": 7}');
/// COMMIT;
/// ```
public final class PostgresSchema {
    private static final String FILE = "natter.sql";

    private PostgresSchema() {}

    /// Installs the table and the functions. Several servers may do so at the same time.
    ///
    /// @throws PostgresException if it cannot be reached, or does not permit it
    public static void install(DataSource database) {
        install(Connections.of(database));
    }

    /// Installs them in the database at an address. See [PostgresAdapter#connect].
    ///
    /// @throws PostgresException if it cannot be reached, or does not permit it
    public static void install(String url) {
        install(Connections.of(url));
    }

    private static void install(Connections connections) {
        try (Connection connection = connections.open();
                var statement = connection.createStatement()) {
            statement.execute(sql());
        } catch (SQLException e) {
            throw new PostgresException("the attachment table cannot be installed", e);
        }
    }

    /// The installed statements, for a tool that migrates the schema.
    public static String sql() {
        return sql(Wire.DEFAULT_PREFIX, Wire.DEFAULT_TABLE);
    }

    /// The installed statements, for adapters with other names.
    ///
    /// @param channelPrefix see [PostgresAdapter.Builder#channelPrefix]
    /// @param tableName see [PostgresAdapter.Builder#tableName]
    public static String sql(String channelPrefix, String tableName) {
        var wire = new Wire(channelPrefix, tableName, Wire.MAX_NOTIFICATION);
        try (InputStream file = PostgresSchema.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing in the jar");
            }
            return new String(file.readAllBytes(), UTF_8)
                    .replace(
                            "'" + Wire.DEFAULT_PREFIX + "#'",
                            "'" + wire.prefix().replace("'", "''") + "#'")
                    .replace(Wire.DEFAULT_TABLE, wire.table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fails with the remedy where the table is missing.
    static void check(Connections connections, String table) throws SQLException {
        try (Connection connection = connections.open();
                var statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table);
            try (var result = statement.executeQuery()) {
                if (!result.next() || !result.getBoolean(1)) {
                    throw new SQLException(
                            "there is no table "
                                    + table
                                    + ", which messages with bytes and long messages need: call"
                                    + " PostgresSchema.install, or run the SQL of"
                                    + " PostgresSchema.sql()");
                }
            }
        }
    }
}
