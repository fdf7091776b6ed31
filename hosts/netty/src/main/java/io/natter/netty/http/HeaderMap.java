package io.natter.netty.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request's headers for as long as its session lives: flat, in their order, and sharing what
/// requests have in common. A hash map with names and values of its own was a fifth of what an idle
/// connection held on the heap. Immutable.
final class HeaderMap extends AbstractMap<String, List<String>> {
    /// How many names an event loop remembers; with one more it begins anew.
    private static final int MAX_KNOWN = 64;

    private static final int MAX_SHARED_LENGTH = 256;

    /// Up to this number of entries in the flat form, a name is compared one by one; with more, it
    /// is found by hash.
    private static final int SCANNED = 2 * 32;

    /// Headers with values of their own, so remembering them gains nothing.
    private static final Set<String> OWN_VALUES =
            Set.of("authorization", "cookie", "proxy-authorization", "sec-websocket-key");

    private static final FastThreadLocal<Map<String, Known>> KNOWN =
            new FastThreadLocal<>() {
                @Override
                protected Map<String, Known> initialValue() {
                    return new HashMap<>();
                }
            };

    /// Name and value of each header by turns.
    private final Object[] flat;

    private HeaderMap(Object[] flat) {
        this.flat = flat;
    }

    /// Names in lower case; a name that comes again adds to its values. On an event loop.
    static HeaderMap of(HttpHeaders headers) {
        var known = KNOWN.get();
        var flat = new Object[2 * headers.size()];
        Map<String, Integer> places = null;
        boolean repeated = false;
        int size = 0;
        for (var each = headers.iteratorAsString(); each.hasNext(); ) {
            var header = each.next();
            var name = known(known, header.getKey());
            if (places == null && size == SCANNED) {
                places = places(flat, size);
            }
            int at =
                    places == null
                            ? indexOf(flat, size, name.name)
                            : places.getOrDefault(name.name, -1);
            if (at >= 0) {
                add(flat, at, header.getValue());
                repeated = true;
                continue;
            }
            if (places != null) {
                places.put(name.name, size);
            }
            flat[size++] = name.name;
            flat[size++] = name.values(header.getValue());
        }
        if (repeated) {
            freeze(flat, size);
        }
        return new HeaderMap(size == flat.length ? flat : Arrays.copyOf(flat, size));
    }

    /// Where each name stands. Names whose hashes collide are kept in order by `HashMap`, since
    /// strings can be compared, so they cost a few comparisons each.
    private static Map<String, Integer> places(Object[] flat, int size) {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < size; i += 2) {
            places.put((String) flat[i], i);
        }
        return places;
    }

    /// Adds a value to a list that only this map has.
    private static void add(Object[] flat, int at, String value) {
        if (!(flat[at + 1] instanceof ArrayList<?>)) {
            flat[at + 1] = new ArrayList<>(values(flat, at));
        }
        values(flat, at).add(value);
    }

    private static void freeze(Object[] flat, int size) {
        for (int i = 0; i < size; i += 2) {
            if (flat[i + 1] instanceof ArrayList<?>) {
                flat[i + 1] = List.copyOf(values(flat, i));
            }
        }
    }

    private static Known known(Map<String, Known> known, String raw) {
        var name = known.get(raw);
        if (name == null) {
            name = new Known(raw.toLowerCase(Locale.ROOT));
            if (known.size() == MAX_KNOWN) {
                known.clear();
            }
            known.put(raw, name);
        }
        return name;
    }

    private static int indexOf(Object[] flat, int size, Object name) {
        for (int i = 0; i < size; i += 2) {
            if (flat[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("unchecked") // it is put there above
    private static List<String> values(Object[] flat, int at) {
        return (List<String>) flat[at + 1];
    }

    @Override
    public @Nullable List<String> get(Object name) {
        int at = indexOf(flat, flat.length, name);
        return at < 0 ? null : values(flat, at);
    }

    @Override
    public boolean containsKey(Object name) {
        return indexOf(flat, flat.length, name) >= 0;
    }

    @Override
    public Set<Entry<String, List<String>>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return flat.length / 2;
            }

            @Override
            public Iterator<Entry<String, List<String>>> iterator() {
                return new Entries(flat);
            }
        };
    }

    private static final class Entries implements Iterator<Entry<String, List<String>>> {
        private final Object[] flat;
        private int next;

        Entries(Object[] flat) {
            this.flat = flat;
        }

        @Override
        public boolean hasNext() {
            return next < flat.length;
        }

        @Override
        public Entry<String, List<String>> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = next;
            next += 2;
            return Map.entry((String) flat[at], values(flat, at));
        }
    }

    /// A header's name, and the value with which it came last.
    private static final class Known {
        final String name;
        private final boolean shares;
        private List<String> last = List.of();

        Known(String name) {
            this.name = name;
            this.shares = !OWN_VALUES.contains(name);
        }

        List<String> values(String value) {
            if (!shares || value.length() > MAX_SHARED_LENGTH) {
                return List.of(value);
            }
            if (last.isEmpty() || !last.getFirst().equals(value)) {
                last = List.of(value);
            }
            return last;
        }
    }
}
