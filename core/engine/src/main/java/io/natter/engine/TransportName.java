package io.natter.engine;

/// The ways on which a session's packets travel.
public enum TransportName {
    /// HTTP long-polling: a `GET` waits for packets, a `POST` brings them.
    POLLING("polling"),
    /// A WebSocket, one packet per frame.
    WEBSOCKET("websocket"),
    /// A stream of a WebTransport session over HTTP/3, one packet per frame. Only a host that has
    /// WebTransport brings such clients.
    WEBTRANSPORT("webtransport");

    private final String text;

    TransportName(String text) {
        this.text = text;
    }

    /// The value of the `transport` query parameter.
    @Override
    public String toString() {
        return text;
    }
}
