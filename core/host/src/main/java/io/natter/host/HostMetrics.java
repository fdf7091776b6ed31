package io.natter.host;

/// The counters of a host, for exporters that work with any host. All figures but [#webSocketsOpen]
/// only grow. Reading them does not slow the connections. Any thread.
///
/// A host on an existing server cannot count all of it. The figures that it may leave out are
/// [#UNKNOWN] by default.
public interface HostMetrics {
    /// The value of a figure that the host does not count.
    long UNKNOWN = -1;

    /// Connections accepted.
    default long connections() {
        return UNKNOWN;
    }

    /// HTTP requests that reached an endpoint, upgrades included.
    long requests();

    /// Requests whose client left before the answer.
    default long aborts() {
        return UNKNOWN;
    }

    /// Requests that were no HTTP, or no WebSocket handshake (RFC 6455 §4.2.1).
    default long badRequests() {
        return UNKNOWN;
    }

    /// Bodies over the limit that their reader set.
    long bodiesTooLarge();

    /// Connections closed because a request or the next request did not come in time.
    default long timeouts() {
        return UNKNOWN;
    }

    /// Requests that became WebSockets.
    long upgrades();

    /// WebSockets open now.
    long webSocketsOpen();

    /// Whole WebSocket messages received.
    long messagesIn();

    /// WebSocket messages sent.
    long messagesOut();

    /// Bytes received on WebSockets, headers included where the host sees them.
    long bytesIn();

    /// Bytes sent to WebSockets, headers included where the host sees them.
    long bytesOut();

    /// WebSockets closed because the peer broke a rule: 1002, 1007 or 1009.
    default long violations() {
        return UNKNOWN;
    }

    /// Connections closed because of the memory budget.
    long closedForMemory();

    /// Failures that should not happen and ended a connection or a task: an `Error`, or an
    /// exception out of a listener.
    long failures();

    /// The [#failures] that were an `OutOfMemoryError`.
    default long memoryErrors() {
        return UNKNOWN;
    }
}
