package io.natter.socketio;

/// Decides which names are namespaces of a [ParentNamespace]. Runs on a virtual thread, so it may
/// block; an exception refuses the client.
@FunctionalInterface
public interface NamespacePredicate {

    /// Whether a client with this handshake may make or join the namespace of that name.
    boolean test(String name, Handshake handshake) throws Exception;
}
