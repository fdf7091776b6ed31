package io.natter.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The namespaces of a server: those made by name, and the children that parents allow, which come
/// when a client asks for them and, where that is wanted, go with their last socket. Any thread.
final class Namespaces {
    private final SocketIoServer server;

    /// Children come and go under this map's lock, so that none goes while somebody joins it.
    private final ConcurrentMap<String, Namespace> byName = new ConcurrentHashMap<>();

    private final List<ParentNamespace> parents = new CopyOnWriteArrayList<>();
    private final AtomicInteger parentNumbers = new AtomicInteger();
    private final List<Consumer<Namespace>> hooks = new CopyOnWriteArrayList<>();

    Namespaces(SocketIoServer server) {
        this.server = server;
    }

    void onNew(Consumer<Namespace> hook) {
        hooks.add(hook);
    }

    /// The namespace of that name, made if there is none; a leading `/` may be left out.
    Namespace of(String name) {
        String full = name.startsWith("/") ? name : "/" + name;
        Namespace known = byName.get(full);
        if (known != null) {
            return known;
        }
        ParentNamespace parent = null;
        for (ParentNamespace each : parents) {
            if (parent == null && each.matches(full)) {
                parent = each;
            }
        }
        return make(full, parent);
    }

    /// Namespaces that `predicate` allows, by `pattern` where it is one.
    ParentNamespace addParent(NamespacePredicate predicate, @Nullable Pattern pattern) {
        var parent =
                new ParentNamespace(
                        server, "/_" + parentNumbers.getAndIncrement(), predicate, pattern);
        parents.add(parent);
        return parent;
    }

    private Namespace make(String name, @Nullable ParentNamespace parent) {
        Namespace made;
        synchronized (byName) {
            Namespace known = byName.get(name);
            if (known != null) {
                return known;
            }
            made = new Namespace(server, name, parent);
            if (parent != null) {
                parent.adopt(made);
            }
            byName.put(name, made);
        }
        hooks.forEach(hook -> hook.accept(made));
        return made;
    }

    /// The namespace of that name, held until [#release], if there is one.
    @Nullable Namespace acquireKnown(String name) {
        Namespace known = byName.get(name);
        if (known == null || known.parent() == null) {
            return known;
        }
        synchronized (byName) {
            Namespace child = byName.get(name);
            if (child != null) {
                child.users++;
            }
            return child;
        }
    }

    /// The namespace of that name, held until [#release], made if a parent allows it. May block.
    @Nullable Namespace acquire(String name, Handshake handshake) throws Exception {
        for (ParentNamespace parent : parents) {
            if (parent.accepts(name, handshake)) {
                while (true) {
                    make(name, parent);
                    Namespace held = acquireKnown(name);
                    if (held != null) {
                        return held;
                    }
                }
            }
        }
        return acquireKnown(name);
    }

    void release(Namespace nsp) {
        ParentNamespace parent = nsp.parent();
        if (parent == null) {
            return;
        }
        synchronized (byName) {
            if (--nsp.users > 0 || !server.options().cleanupEmptyChildNamespaces()) {
                return;
            }
            byName.remove(nsp.name(), nsp);
            parent.abandon(nsp);
        }
        nsp.adapter().close();
    }

    void closeAdapters() {
        byName.values().forEach(nsp -> nsp.adapter().close());
    }

    /// Those that there are, for tests of their coming and going.
    Map<String, Namespace> byName() {
        return byName;
    }
}
