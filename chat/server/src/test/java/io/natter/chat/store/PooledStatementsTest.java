package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PooledStatementsTest {
    @TempDir Path folder; // set by JUnit

    private HikariDataSource pool; // set before each test
    private Jdbi jdbi; // set before each test

    @BeforeEach
    void open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + folder.resolve("test.db"));
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
        jdbi = Jdbi.create(pool).setStatementBuilderFactory(new PooledStatements());
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private PreparedStatement usedOnce() throws SQLException {
        return jdbi.withHandle(
                handle -> {
                    String sql = "SELECT a FROM t WHERE a > 0";
                    StatementContext context = handle.createQuery(sql).getContext();
                    var builder = handle.getStatementBuilder();
                    PreparedStatement lent = builder.create(handle.getConnection(), sql, context);
                    builder.close(handle.getConnection(), sql, lent);
                    return lent;
                });
    }

    @Test
    void theNextUseOfAConnectionFindsItsStatements() throws Exception {
        PreparedStatement first = usedOnce();
        assertThat(usedOnce()).isSameAs(first);
        assertThat(first.isClosed()).isFalse();
    }

    @Test
    void aNewConnectionHasStatementsOfItsOwn() throws Exception {
        PreparedStatement first = usedOnce();
        pool.getHikariPoolMXBean().softEvictConnections();
        PreparedStatement second = usedOnce();
        assertThat(second.getConnection()).isNotSameAs(first.getConnection());
    }

    @Test
    void aKeptQueryHoldsNoMomentOfTheDatabase() {
        try (Handle writer = Jdbi.create("jdbc:sqlite:" + folder.resolve("test.db")).open()) {
            for (int rows = 1; rows <= 3; rows++) {
                writer.execute("INSERT INTO t (a) VALUES (?)", rows);
                writer.execute("INSERT INTO t (a) VALUES (?)", 100 + rows);
                int seen =
                        jdbi.inTransaction(
                                handle ->
                                        handle.createQuery("SELECT max(a) FROM t WHERE a > 0")
                                                .mapTo(Integer.class)
                                                .one());
                int first =
                        jdbi.inTransaction(
                                handle ->
                                        handle.createQuery("SELECT a FROM t ORDER BY a")
                                                .mapTo(Integer.class)
                                                .findFirst()
                                                .orElseThrow());
                assertThat(seen).isEqualTo(100 + rows);
                assertThat(first).isEqualTo(1);
            }
            writer.execute("DROP TABLE t"); // refused while a query is open
        }
    }
}
