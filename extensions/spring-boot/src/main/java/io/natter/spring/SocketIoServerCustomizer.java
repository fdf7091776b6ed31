package io.natter.spring;

import io.natter.socketio.SocketIoServer;

/// A bean that adds to the `SocketIoServer` bean what annotations do not say: middleware, handlers,
/// interceptors, dynamic namespaces. It runs when all beans exist and before the port is open, and
/// before the controllers are added. Several run in the order of `@Order`.
@FunctionalInterface
public interface SocketIoServerCustomizer {

    /// Adds to the server.
    void customize(SocketIoServer io);
}
