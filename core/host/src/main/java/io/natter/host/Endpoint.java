package io.natter.host;

import java.time.Duration;

/// The part above a host: it answers the requests below its paths. Called on the strand of the
/// connection, it must not block.
public interface Endpoint {

    /// Whether a request for `path` is for this endpoint; the others are the host's or the
    /// application's own.
    boolean matches(String path);

    /// Whether a request to become a WebSocket at `path` is for this endpoint.
    default boolean matchesUpgrade(String path) {
        return matches(path);
    }

    /// Whether a WebTransport session at `path` is for this endpoint. The session carries
    /// Engine.IO in its first bidirectional stream, and comes to [#upgrade].
    default boolean matchesWebTransport(String path) {
        return false;
    }

    /// The service in a few words. A host shows it in the response to a request for another path.
    default String served() {
        return getClass().getSimpleName();
    }

    /// A plain HTTP request, whatever its method.
    void http(HttpExchange exchange);

    /// A request with `Upgrade: websocket`.
    void upgrade(UpgradeExchange exchange);

    /// Takes the endpoint out of service over `window`, so that its clients do not all come back at
    /// once, and closes it. May block a few seconds longer than that. By default the same as
    /// [#close].
    default void drain(Duration window) {
        close();
    }

    /// The host is closing. Returns when everything is closed; may block.
    void close();
}
