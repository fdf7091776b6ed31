package io.natter.socketio.presence;

import com.fasterxml.jackson.annotation.JsonValue;
import io.natter.protocol.Payload;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.TypeRef;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A user who is present, as of one moment. Its JSON is an object with `key`, `since`
/// (milliseconds) and, if there is any, `data`. So a list of entries can be sent to a client as it
/// is. Immutable; any thread.
public final class PresenceEntry {
    private final JsonMapping mapping;
    private final String key;
    private final long since;
    private final @Nullable Payload data;

    PresenceEntry(JsonMapping mapping, String key, long since, @Nullable Payload data) {
        this.mapping = mapping;
        this.key = key;
        this.since = since;
        this.data = data;
    }

    /// The user, as [Presence#by] names them.
    public String key() {
        return key;
    }

    /// When the user came: the first socket on any server, by the clock of that server.
    public Instant since() {
        return Instant.ofEpochMilli(since);
    }

    /// The data of the user in a type of the application's, or null if there is none. Read anew
    /// with each call.
    ///
    /// @throws PayloadException if it does not fit
    public <T> @Nullable T data(Class<T> type) {
        return read(type);
    }

    /// The data of the user in a generic type, or null if there is none.
    ///
    /// @throws PayloadException if it does not fit
    public <T> @Nullable T data(TypeRef<T> type) {
        return read(type.type());
    }

    // callers tie T to the type they pass, and the mapping has made the value of this very type
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> @Nullable T read(Type type) {
        return data == null ? null : (T) mapping.read(data, type);
    }

    /// The entry as it is written: `key`, `since`, and `data` if there is any.
    @JsonValue
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>(4);
        map.put("key", key);
        map.put("since", since);
        Object value = read(Object.class);
        if (value != null) {
            map.put("data", value);
        }
        return map;
    }

    boolean hasSameData(PresenceEntry other) {
        return UserState.sameData(data, other.data);
    }

    /// Entries are equal if key, time and data are.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PresenceEntry entry
                && key.equals(entry.key)
                && since == entry.since
                && hasSameData(entry);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, since);
    }

    @Override
    public String toString() {
        return "PresenceEntry[" + key + "]";
    }
}
