package io.natter.micrometer;

import io.natter.host.HostMetrics;
import java.util.function.ToDoubleFunction;

/// The meters of a host: connections, requests and WebSockets.
final class HostMeters {
    private HostMeters() {}

    static void bind(Meters meters, HostMetrics host) {
        count(meters, host, "connections", "Connections accepted", HostMetrics::connections);
        count(meters, host, "requests", "HTTP requests for an endpoint", HostMetrics::requests);
        count(meters, host, "aborts", "Requests given up by their client", HostMetrics::aborts);
        count(meters, host, "bad.requests", "Requests that are no HTTP", HostMetrics::badRequests);
        count(meters, host, "bodies.refused", "Bodies too large", HostMetrics::bodiesTooLarge);
        count(meters, host, "timeouts", "Requests that came too slowly", HostMetrics::timeouts);
        meters.gauge(
                "host.websockets", "WebSockets that are open", host, HostMetrics::webSocketsOpen);
        count(meters, host, "violations", "WebSockets that broke a rule", HostMetrics::violations);
        count(
                meters,
                host,
                "memory.closed",
                "Connections closed because of the memory budget",
                HostMetrics::closedForMemory);
        count(
                meters,
                host,
                "failures",
                "Failures of the host or an endpoint",
                HostMetrics::failures);
    }

    private static void count(
            Meters meters,
            HostMetrics host,
            String name,
            String description,
            ToDoubleFunction<HostMetrics> value) {
        if (value.applyAsDouble(host) != HostMetrics.UNKNOWN) {
            meters.count("host." + name, description, host, value);
        }
    }
}
