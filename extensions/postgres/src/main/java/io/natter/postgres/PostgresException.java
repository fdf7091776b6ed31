package io.natter.postgres;

import java.sql.SQLException;

/// PostgreSQL could not be reached, or refused a statement. The cause is the driver's exception. In
/// a transaction of the application's, the transaction has failed.
public final class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PostgresException(String message, SQLException cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
