package io.natter.host;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request to become a WebSocket (RFC 6455 §4), its handshake already checked by the host.
/// Exactly one of `refuse` and `accept` is called, from any thread.
public interface UpgradeExchange {

    /// The request's head.
    HttpRequest request();

    /// The strand of the connection on which the request came.
    Strand strand();

    /// Whether the client came by a WebTransport session, whose stream then stands for the
    /// WebSocket.
    default boolean isWebTransport() {
        return false;
    }

    /// Answers with plain HTTP and closes the connection.
    void refuse(HttpResponse response);

    /// Answers 101 and makes `home` the connection's strand: every callback of the listener runs
    /// there. It may be another strand than that of the request. `listener` is called there once
    /// with the open connection. If the client has left in the meantime, it is called all the same,
    /// and [WebSocketListener#closed] follows at once.
    void accept(
            Strand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> listener);

    /// How a WebSocket is accepted.
    ///
    /// @param headers more headers for the 101 answer
    /// @param subprotocol the `Sec-WebSocket-Protocol` chosen, or null
    /// @param maxMessageBytes a larger message closes the connection with 1009
    /// @param deflate permessage-deflate (RFC 7692), or null for none
    record Acceptance(
            Map<String, List<String>> headers,
            @Nullable String subprotocol,
            int maxMessageBytes,
            @Nullable Deflate deflate) {}

    /// How permessage-deflate is used.
    ///
    /// @param threshold messages of fewer bytes are sent as they are
    record Deflate(int threshold) {}
}
