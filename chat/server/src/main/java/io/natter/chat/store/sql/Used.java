package io.natter.chat.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// The owner of a secret that a client has sent: a session, a bot or a webhook.
///
/// @param toNote whether to note the use; that is done once an hour at most, so that most requests
///   write nothing
public record Used<T>(T owner, boolean toNote) {
    private static final long NOTE_EVERY_MS = Duration.ofHours(1).toMillis();

    /// Reads from the row of an owner whether the use is to be noted.
    ///
    /// @param row with the column `used_at`
    /// @param now milliseconds since 1970
    public static <T> Used<T> of(T owner, ResultSet row, long now) throws SQLException {
        return new Used<>(owner, now - row.getLong("used_at") >= NOTE_EVERY_MS);
    }
}
