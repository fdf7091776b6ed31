package io.natter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/// Names and sizes that all servers of a cluster share.
///
/// @param prefix of all channels
/// @param table of the attachments
/// @param threshold the number of bytes from which a message goes into the table
record Wire(String prefix, String table, int threshold) {
    static final String DEFAULT_PREFIX = "socket.io";
    static final String DEFAULT_TABLE = "socket_io_attachments";

    /// PostgreSQL refuses a notification of that many bytes.
    static final int MAX_NOTIFICATION = 8000;

    /// PostgreSQL refuses a longer channel in `NOTIFY`, and cuts it off in `LISTEN`.
    private static final int MAX_CHANNEL_BYTES = 63;

    private static final Pattern TABLE = Pattern.compile("(?:[A-Za-z_]\\w*\\.)?[A-Za-z_]\\w*");

    static final Wire DEFAULT = new Wire(DEFAULT_PREFIX, DEFAULT_TABLE, MAX_NOTIFICATION);

    Wire {
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + table
                            + "' is not the name of a table: letters, digits and _, or"
                            + " schema.table");
        }
        if (threshold < 1 || threshold > MAX_NOTIFICATION) {
            throw new IllegalArgumentException(
                    "payloadThreshold is "
                            + threshold
                            + ", but PostgreSQL takes notifications of 1 to 7999 bytes: give 1 to "
                            + MAX_NOTIFICATION);
        }
        if (!fits(prefix + "#/")) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' is too long or has a character that a channel cannot have");
        }
    }

    Wire withPrefix(String value) {
        return new Wire(value, table, threshold);
    }

    Wire withTable(String value) {
        return new Wire(prefix, value, threshold);
    }

    Wire withThreshold(int value) {
        return new Wire(prefix, table, value);
    }

    /// The channel of a namespace.
    String channel(String namespace) {
        return prefix + "#" + namespace;
    }

    /// Whether PostgreSQL takes this name of a channel.
    static boolean fits(String channel) {
        return channel.getBytes(UTF_8).length <= MAX_CHANNEL_BYTES && channel.indexOf('\0') < 0;
    }

    /// A name as SQL writes it, whatever its characters.
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
