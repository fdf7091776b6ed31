package io.natter.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

/// Opens connections to one PostgreSQL.
///
/// @param isPooled whether a connection that is not in use should be given back
record Connections(Source source, boolean isPooled) {
    /// PostgreSQL has to answer a statement within this time.
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    /// Opens a connection, or takes one from a pool.
    @FunctionalInterface
    interface Source {
        Connection open() throws SQLException;
    }

    static Connections of(DataSource pool) {
        return new Connections(pool::getConnection, true);
    }

    /// @param url of JDBC, or `postgresql://user:password@host:port/database` as libpq has it
    static Connections of(String url) {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "natter");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        String address = jdbc(url, properties);
        return new Connections(() -> DriverManager.getConnection(address, properties), false);
    }

    /// A connection in which each statement is a transaction with a limited time.
    Connection open() throws SQLException {
        Connection connection = source.open();
        try {
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// Ends a connection at once, also while another thread uses it, so that no pool keeps it.
    static void abort(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone, as it should be.
        }
    }

    private static String jdbc(String url, Properties properties) {
        if (url.startsWith("jdbc:postgresql:")) {
            return url;
        }
        if (!url.matches("postgres(ql)?://.*")) {
            throw new IllegalArgumentException(
                    "not the address of a PostgreSQL: it begins with jdbc:postgresql://,"
                            + " postgresql:// or postgres://");
        }
        URI uri = URI.create(url);
        String credentials = uri.getRawUserInfo();
        if (credentials != null) {
            String[] parts = credentials.split(":", 2);
            properties.setProperty("user", decoded(parts[0]));
            if (parts.length == 2) {
                properties.setProperty("password", decoded(parts[1]));
            }
        }
        String authority = uri.getRawAuthority();
        String hosts = authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return "jdbc:postgresql://" + hosts + path + query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
