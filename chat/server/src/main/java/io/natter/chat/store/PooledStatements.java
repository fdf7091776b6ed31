package io.natter.chat.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/// Keeps the prepared statements of each connection of a pool from one use of the connection to the
/// next, as [KeptStatements] does for the writer. They are made by the connection behind the
/// pool's, because the pool closes those that are made by its own.
final class PooledStatements implements StatementBuilderFactory {
    /// About as many as the queries of the chat; each connection has its own.
    private static final int MOST = 64;

    private final Map<SQLiteConnection, KeptStatements> kept = new ConcurrentHashMap<>();

    @Override
    public StatementBuilder createStatementBuilder(Connection pooled) {
        try {
            SQLiteConnection connection = pooled.unwrap(SQLiteConnection.class);
            KeptStatements statements = kept.get(connection);
            if (statements == null) {
                forgetClosed();
                statements = new KeptStatements(MOST);
                kept.put(connection, statements);
            }
            return new Lent(connection, statements);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /// The pool replaces its connections from time to time. Closing one ends its statements.
    private void forgetClosed() throws SQLException {
        for (SQLiteConnection connection : List.copyOf(kept.keySet())) {
            if (connection.isClosed()) {
                kept.remove(connection);
            }
        }
    }

    /// The statements of a connection during one use of it, which is by one thread.
    private record Lent(SQLiteConnection connection, KeptStatements kept)
            implements StatementBuilder {
        @Override
        public Statement create(Connection pooled, StatementContext context) throws SQLException {
            return kept.create(connection, context);
        }

        @Override
        public PreparedStatement create(Connection pooled, String sql, StatementContext context)
                throws SQLException {
            return kept.create(connection, sql, context);
        }

        @Override
        public CallableStatement createCall(Connection pooled, String sql, StatementContext context)
                throws SQLException {
            return kept.createCall(connection, sql, context);
        }

        @Override
        public void close(Connection pooled, String sql, Statement statement) throws SQLException {
            kept.close(connection, sql, statement);
        }

        @Override
        public void close(Connection pooled) {
            // The connection goes back to the pool, with its statements.
        }
    }
}
