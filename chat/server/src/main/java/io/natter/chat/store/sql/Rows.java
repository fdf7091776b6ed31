package io.natter.chat.store.sql;

import io.natter.chat.domain.person.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Helpers that the statements share.
public final class Rows {
    private Rows() {}

    public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    public static boolean isSet(ResultSet row, String column) throws SQLException {
        return row.getObject(column) != null;
    }

    /// The person in the columns `id`, `name`, `hue` and `picture`, each with a prefix.
    public static Person person(ResultSet row, String prefix) throws SQLException {
        return new Person(
                row.getString(prefix + "id"),
                row.getString(prefix + "name"),
                row.getInt(prefix + "hue"),
                row.getString(prefix + "picture"));
    }

    /// Ids for `IN (SELECT value FROM json_each(?))`. None of them needs escaping.
    public static String json(Collection<?> ids) {
        return ids.stream()
                .map(id -> id instanceof Number ? id.toString() : '"' + id.toString() + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    public static boolean exists(Handle handle, String query, Object... arguments) {
        var asked = handle.createQuery("SELECT EXISTS (" + query + ")");
        for (int i = 0; i < arguments.length; i++) {
            asked.bind(i, arguments[i]);
        }
        return asked.mapTo(Boolean.class).one();
    }

    public static int count(Handle handle, String query, Object... arguments) {
        var asked = handle.createQuery(query);
        for (int i = 0; i < arguments.length; i++) {
            asked.bind(i, arguments[i]);
        }
        return asked.mapTo(Integer.class).one();
    }
}
