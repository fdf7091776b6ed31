package io.natter.spring.boot;

import io.natter.socketio.SocketIoServer;

/// The path of the server bean, which may be the application's own.
final class ServedPath {
    private ServedPath() {}

    /// The path without a slash at its end, as the web server sees it.
    static String of(SocketIoServer io) {
        var path = io.options().engine().path();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /// The path without the base path of WebFlux, as handlers of WebFlux see it.
    static String of(SocketIoServer io, PathPrefix prefix) {
        var path = of(io);
        return path.startsWith(prefix.value()) ? path.substring(prefix.value().length()) : path;
    }
}
