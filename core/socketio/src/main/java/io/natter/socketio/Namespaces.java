package io.natter.socketio;

import java.io.Serial;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The namespaces of a server: those made by name, and the children of parents. A child is made
/// when a client asks for it. With `cleanupEmptyChildNamespaces` it is removed with its last
/// socket. Any thread.
final class Namespaces {
    /// The number of namespaces made by clients that stay without a client. Each takes some
    /// kilobytes.
    private static final int MAX_EMPTY = 1000;

    private final SocketIoServer server;

    /// Children are added and removed under this map's lock, so none is removed while a socket
    /// joins it.
    private final ConcurrentMap<String, Namespace> byName = new ConcurrentHashMap<>();

    /// The namespaces made by clients that are empty, the longest empty first. Under the same lock.
    private final Set<Namespace> empty = new LinkedHashSet<>();

    /// How many clients have made; under the same lock.
    private int byClients;

    private final List<ParentNamespace> parents = new CopyOnWriteArrayList<>();
    private final AtomicInteger parentNumbers = new AtomicInteger();
    private final List<Consumer<Namespace>> hooks = new CopyOnWriteArrayList<>();

    /// No more namespaces may be made by clients.
    static final class FullException extends Exception {
        @Serial private static final long serialVersionUID = 1L;

        private FullException(String detail) {
            super(detail);
        }
    }

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
            keep(known);
            return known;
        }
        ParentNamespace parent = null;
        for (ParentNamespace each : parents) {
            if (parent == null && each.matches(full)) {
                parent = each;
            }
        }
        Namespace made = make(full, parent, false);
        keep(made);
        return made;
    }

    /// The application knows it, so it does not make room for others.
    private void keep(Namespace nsp) {
        if (nsp.parent() != null && nsp.madeByClient) {
            synchronized (byName) {
                if (nsp.madeByClient) {
                    nsp.madeByClient = false;
                    empty.remove(nsp);
                    byClients--;
                }
            }
        }
    }

    /// Namespaces that `predicate` allows, by `pattern` where it is one.
    ParentNamespace addParent(NamespacePredicate predicate, @Nullable Pattern pattern) {
        var parent =
                new ParentNamespace(
                        server, "/_" + parentNumbers.getAndIncrement(), predicate, pattern);
        parents.add(parent);
        return parent;
    }

    private Namespace make(String name, @Nullable ParentNamespace parent, boolean byClient) {
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
            if (byClient) {
                made.madeByClient = true;
                byClients++;
                empty.add(made);
            }
        }
        for (var hook : hooks) {
            try {
                hook.accept(made);
            } catch (Throwable failure) {
                server.failed(
                        new HandlerError(HandlerError.Kind.HANDLER, null, "new_namespace", failure),
                        null);
            }
        }
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
                empty.remove(child);
            }
            return child;
        }
    }

    /// The namespace of that name, held until [#release], made if a parent allows it. May block.
    ///
    /// @throws FullException if there are as many as clients may make, and none of them is empty
    @Nullable Namespace acquire(String name, Handshake handshake) throws Exception {
        for (ParentNamespace parent : parents) {
            if (parent.accepts(name, handshake)) {
                while (true) {
                    Namespace held = acquireKnown(name);
                    if (held != null) {
                        return held;
                    }
                    makeRoom();
                    make(name, parent, true);
                }
            }
        }
        return acquireKnown(name);
    }

    /// Where clients have made as many as they may, the one goes that has been empty the longest.
    private void makeRoom() throws FullException {
        Namespace longest;
        synchronized (byName) {
            int max = server.options().maxDynamicNamespaces();
            if (byClients < max) {
                return;
            }
            if (empty.isEmpty()) {
                throw new FullException(
                        "there are " + max + " dynamic namespaces, which is as many as may be");
            }
            longest = empty.iterator().next();
            remove(longest);
        }
        longest.adapter().close();
    }

    /// Under the lock.
    private void remove(Namespace nsp) {
        byName.remove(nsp.name(), nsp);
        ParentNamespace parent = nsp.parent();
        if (parent != null) {
            parent.abandon(nsp);
        }
        empty.remove(nsp);
        if (nsp.madeByClient) {
            byClients--;
        }
    }

    void release(Namespace nsp) {
        if (nsp.parent() == null) {
            return;
        }
        Namespace gone = nsp;
        synchronized (byName) {
            if (--nsp.users > 0) {
                return;
            }
            if (!server.options().cleanupEmptyChildNamespaces()) {
                if (nsp.madeByClient) {
                    empty.add(nsp);
                }
                if (empty.size() <= MAX_EMPTY) {
                    return;
                }
                gone = empty.iterator().next();
            }
            remove(gone);
        }
        gone.adapter().close();
    }

    void closeAdapters() {
        byName.values().forEach(nsp -> nsp.adapter().close());
    }

    /// Those that there are.
    Map<String, Namespace> byName() {
        return byName;
    }
}
