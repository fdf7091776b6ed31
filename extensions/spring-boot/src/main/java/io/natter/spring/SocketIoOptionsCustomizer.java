package io.natter.spring;

import io.natter.socketio.SocketIoOptions;

/// A bean that changes the options of the `SocketIoServer` bean, after the properties `natter.*`
/// have been applied. Several run in the order of `@Order`.
@FunctionalInterface
public interface SocketIoOptionsCustomizer {

    /// Changes the options. The server does not exist yet.
    void customize(SocketIoOptions.Builder options);
}
