package io.natter.micrometer;

import io.natter.engine.SessionForwarder;
import io.natter.socketio.adapter.AdapterMetrics;

/// The meters of a server in a cluster: its adapter, and the requests that it passes on.
final class ClusterMeters {
    private ClusterMeters() {}

    static void bind(Meters meters, AdapterMetrics adapter) {
        meters.gauge(
                "adapter.connected",
                "Whether the broker can be reached: 1, or 0",
                adapter,
                metrics -> metrics.isConnected() ? 1 : 0);
        meters.bytesGauge(
                "adapter.waiting",
                "Bytes of messages that wait for the broker",
                adapter,
                AdapterMetrics::waitingBytes);
        meters.count(
                "adapter.published",
                "Messages given to the broker",
                adapter,
                AdapterMetrics::published);
        meters.count(
                "adapter.received", "Messages of other servers", adapter, AdapterMetrics::received);
        meters.count(
                "adapter.dropped",
                "Messages that other servers did not get",
                adapter,
                AdapterMetrics::dropped);
        meters.count(
                "adapter.malformed",
                "Messages that could not be read",
                adapter,
                AdapterMetrics::malformed);
        meters.count(
                "adapter.timeouts",
                "Requests that not all servers answered in time",
                adapter,
                AdapterMetrics::timedOut);
    }

    static void bind(Meters meters, SessionForwarder.Metrics forwarding) {
        meters.gauge(
                "forwarding.inflight",
                "Requests and WebSockets that are being passed on",
                forwarding,
                SessionForwarder.Metrics::inFlight);
        meters.count(
                "forwarding.requests",
                "Requests that other servers have answered",
                forwarding,
                SessionForwarder.Metrics::requests);
        meters.count(
                "forwarding.websockets",
                "WebSockets passed on to other servers",
                forwarding,
                SessionForwarder.Metrics::webSockets);
        meters.count(
                "forwarding.received",
                "Requests and WebSockets of other servers",
                forwarding,
                SessionForwarder.Metrics::received);
        meters.count(
                "forwarding.unreachable",
                "Requests and WebSockets whose server could not be reached",
                forwarding,
                SessionForwarder.Metrics::unreachable);
        meters.count(
                "forwarding.timeouts",
                "Requests that their server did not answer in time",
                forwarding,
                SessionForwarder.Metrics::timedOut);
        meters.count(
                "forwarding.refused",
                "Requests and WebSockets refused because of a limit",
                forwarding,
                SessionForwarder.Metrics::refused);
        meters.count(
                "forwarding.forged",
                "Requests without a valid signature",
                forwarding,
                SessionForwarder.Metrics::forged);
        meters.count(
                "forwarding.malformed",
                "Announcements that could not be read",
                forwarding,
                SessionForwarder.Metrics::malformed);
    }
}
