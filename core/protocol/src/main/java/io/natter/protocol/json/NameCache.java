package io.natter.protocol.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Recent event names and namespaces, found by their bytes, so that a repeated name makes no new
/// string. One table serves all connections of a parser. It never grows: a new name replaces the
/// one with the same hash. Any thread: entries are immutable, and a lost race costs one string.
public final class NameCache {
    private static final int SLOTS = 1024;
    private static final int LONGEST = 64;

    private final @Nullable Name[] slots = new @Nullable Name[SLOTS];

    private record Name(byte[] raw, String text) {}

    /// The text of these bytes, which are well-formed UTF-8; with `json`, the inside of a JSON
    /// string, so escapes are resolved.
    public String get(byte[] buffer, int from, int to, boolean json) {
        if (to - from > LONGEST) {
            return text(buffer, from, to, json);
        }
        int hash = json ? 1 : 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + buffer[i];
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Name known = slots[slot];
        if (known != null && Arrays.equals(known.raw, 0, known.raw.length, buffer, from, to)) {
            return known.text;
        }
        String text = text(buffer, from, to, json);
        slots[slot] = new Name(Arrays.copyOfRange(buffer, from, to), text);
        return text;
    }

    /// The name of an event: the first element of a well-formed JSON array, as a text. Null if it
    /// is neither a string nor a number.
    public @Nullable String ofEvent(byte[] buffer, int array, int to) {
        int at = JsonValues.skipSpace(buffer, array + 1, to);
        if (buffer[at] == '"') {
            return get(buffer, at + 1, JsonStrings.endOfString(buffer, at) - 1, true);
        }
        if (buffer[at] != '-' && (buffer[at] < '0' || buffer[at] > '9')) {
            return null;
        }
        int end = at;
        while (buffer[end] != ',' && buffer[end] != ']' && buffer[end] > ' ') {
            end++;
        }
        return JsNumber.text(Double.parseDouble(new String(buffer, at, end - at, US_ASCII)));
    }

    private static String text(byte[] buffer, int from, int to, boolean json) {
        String text = new String(buffer, from, to - from, UTF_8);
        return json && text.indexOf('\\') >= 0 ? JsonStrings.unescape(text) : text;
    }
}
