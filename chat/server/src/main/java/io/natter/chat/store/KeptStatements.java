package io.natter.chat.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.TransactionException;

/// Keeps the prepared statements of a connection for their next use. SQLite would compile each of
/// them again, with the triggers of its tables, and that takes longer than most of them run. For
/// one thread.
final class KeptStatements implements StatementBuilder {
    private final int most;

    /// By their text, the one that was unused for the longest time first.
    private final Map<String, PreparedStatement> free = new LinkedHashMap<>();

    /// Those in use, with their texts.
    private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

    /// @param most so many unused statements are kept
    KeptStatements(int most) {
        this.most = most;
    }

    /// Executes a statement without values and without rows, such as `COMMIT`, by the writer's
    /// connection. Jdbi would set up a query of its own for it, at a multiple of its cost.
    static void execute(Handle handle, String sql) {
        if (!(handle.getStatementBuilder() instanceof KeptStatements kept)) {
            handle.execute(sql);
            return;
        }
        Connection connection = handle.getConnection();
        try {
            PreparedStatement statement = kept.lend(connection, sql);
            try {
                statement.execute();
            } catch (SQLException e) {
                kept.used.remove(statement); // some errors end the statement as well
                statement.close();
                throw e;
            }
            kept.close(connection, sql, statement);
        } catch (SQLException e) {
            throw new TransactionException(e.getMessage(), e);
        }
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return lend(connection, sql);
    }

    private PreparedStatement lend(Connection connection, String sql) throws SQLException {
        PreparedStatement kept = free.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        used.put(statement, sql);
        return statement;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return connection.prepareCall(sql);
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        String text = used.remove(statement);
        if (text == null || !(statement instanceof PreparedStatement prepared)) {
            statement.close();
            return;
        }
        prepared.clearParameters(); // no text of a message stays in it
        Statement second = free.put(text, prepared);
        if (second != null) {
            second.close();
        }
        if (free.size() > most) {
            Iterator<PreparedStatement> oldest = free.values().iterator();
            try (PreparedStatement _ = oldest.next()) {
                oldest.remove();
            }
        }
    }

    @Override
    public void close(Connection connection) {
        List<Statement> all = new ArrayList<>(free.values());
        all.addAll(used.keySet());
        free.clear();
        used.clear();
        for (Statement statement : all) {
            try {
                statement.close();
            } catch (SQLException _) {
                // The connection is closed next, and its statements with it.
            }
        }
    }
}
