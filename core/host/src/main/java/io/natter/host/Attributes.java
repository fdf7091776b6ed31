package io.natter.host;

import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values that hosts, filters and middleware attach to a request, for the code that runs later.
/// They stay on this server and are never sent to clients. Any thread; a value that is set is seen
/// by each later [#get].
public final class Attributes {
    /// The authenticated user, in the form that servlets and Spring have too. A host or a
    /// middleware sets it.
    public static final Key<Principal> PRINCIPAL = Key.of("principal", Principal.class);

    private final @Nullable Attributes parent;

    /// Replaced with each change: most requests have none.
    private volatile Map<Key<?>, Object> values = Map.of();

    /// Without values.
    public Attributes() {
        this(null);
    }

    /// Without values of its own.
    ///
    /// @param parent has the values that are not set here, or null
    public Attributes(@Nullable Attributes parent) {
        this.parent = parent;
    }

    /// The value of a key, or null if none is set.
    public <T> @Nullable T get(Key<T> key) {
        Object value = values.get(key);
        if (value == null) {
            return parent == null ? null : parent.get(key);
        }
        return key.type().cast(value);
    }

    /// Sets the value of a key.
    ///
    /// @param value the value, or null to remove it
    public synchronized <T> Attributes set(Key<T> key, @Nullable T value) {
        var changed = new HashMap<>(values);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        values = Map.copyOf(changed);
        return this;
    }
}
