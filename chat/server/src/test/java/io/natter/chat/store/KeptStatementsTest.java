package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {
    private static final int MOST = 16;

    private final KeptStatements kept = new KeptStatements(MOST);
    private Handle handle; // set before each test

    @BeforeEach
    void open() {
        handle = Jdbi.create("jdbc:sqlite::memory:").open();
        handle.setStatementBuilder(kept);
        handle.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL)");
    }

    @AfterEach
    void close() {
        handle.close();
    }

    private PreparedStatement lent(String sql) throws SQLException {
        Connection connection = handle.getConnection();
        StatementContext context = handle.createQuery(sql).getContext();
        return kept.create(connection, sql, context);
    }

    private void giveBack(PreparedStatement statement) throws SQLException {
        kept.close(handle.getConnection(), "", statement);
    }

    @Test
    void aStatementIsUsedAgainButNotTwiceAtTheSameTime() throws Exception {
        PreparedStatement first = lent("SELECT 1");
        PreparedStatement second = lent("SELECT 1");
        assertThat(second).isNotSameAs(first);
        giveBack(first);
        assertThat(lent("SELECT 1")).isSameAs(first);
        giveBack(first);
        giveBack(second);
        assertThat(first.isClosed()).isTrue();
        assertThat(lent("SELECT 1")).isSameAs(second);
    }

    @Test
    void theOldestIsClosedWhenThereAreMany() throws Exception {
        PreparedStatement first = lent("SELECT 0");
        giveBack(first);
        for (int i = 1; i <= MOST; i++) {
            giveBack(lent("SELECT " + i));
        }
        assertThat(first.isClosed()).isTrue();
    }

    @Test
    void eachUseHasItsOwnValues() {
        String insert = "INSERT INTO t (a, b) VALUES (?, ?)";
        handle.execute(insert, 1, "one");
        assertThatThrownBy(() -> handle.execute(insert, 1, "again"))
                .isInstanceOf(JdbiException.class);
        handle.execute(insert, 2, "two");
        assertThatThrownBy(() -> handle.createUpdate(insert).bind(0, 3).execute())
                .isInstanceOf(JdbiException.class);
        assertThat(handle.createQuery("SELECT b FROM t ORDER BY a").mapTo(String.class).list())
                .containsExactly("one", "two");
    }

    @Test
    void aStepOfATransactionIsExecutedAndFailsAsAnyOtherStatement() {
        KeptStatements.execute(handle, "BEGIN IMMEDIATE");
        handle.execute("INSERT INTO t (a, b) VALUES (1, 'x')");
        assertThatThrownBy(() -> KeptStatements.execute(handle, "BEGIN IMMEDIATE"))
                .isInstanceOf(JdbiException.class)
                .hasMessageContaining("within a transaction");
        KeptStatements.execute(handle, "ROLLBACK");
        KeptStatements.execute(handle, "BEGIN IMMEDIATE");
        KeptStatements.execute(handle, "COMMIT");
        assertThat(handle.createQuery("SELECT a FROM t").mapTo(Integer.class).list()).isEmpty();
    }

    @Test
    void aReadRowKeepsNothingLocked() {
        handle.begin();
        handle.execute("INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')");
        assertThat(handle.createQuery("SELECT b FROM t").mapTo(String.class).findFirst())
                .hasValue("x");
        handle.execute("DROP TABLE t"); // refused while a query is open
        handle.commit();
    }
}
