package io.natter.socketio;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Namespaces that come to be when a client asks for one of them. Each gets the parent's
/// middlewares and connection listeners of that moment. A message to the parent goes to all of
/// them.
public final class ParentNamespace extends Namespace {
    private final ConcurrentMap<String, Namespace> children = new ConcurrentHashMap<>();
    private final NamespacePredicate predicate;
    private final @Nullable Pattern pattern;

    ParentNamespace(
            SocketIoServer server,
            String name,
            NamespacePredicate predicate,
            @Nullable Pattern pattern) {
        super(server, name, null);
        this.predicate = predicate;
        this.pattern = pattern;
    }

    /// The namespaces that there are now.
    public Collection<Namespace> children() {
        return List.copyOf(children.values());
    }

    @Override
    Collection<Namespace> targets() {
        return children.values();
    }

    boolean accepts(String name, Handshake handshake) throws Exception {
        return predicate.test(name, handshake);
    }

    /// Whether the name fits, as far as can be said without a client.
    boolean matches(String name) {
        return pattern != null && pattern.matcher(name).matches();
    }

    void adopt(Namespace child) {
        children.put(child.name(), child);
    }

    void abandon(Namespace child) {
        children.remove(child.name(), child);
    }
}
