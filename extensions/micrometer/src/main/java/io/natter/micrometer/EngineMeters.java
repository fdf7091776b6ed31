package io.natter.micrometer;

import io.natter.engine.CloseReason;
import io.natter.engine.ConnectionError;
import io.natter.engine.EngineMetrics;
import io.natter.engine.EngineServer;
import io.natter.engine.LimitExceeded;
import io.natter.host.MemoryBudget;

/// The meters of Engine.IO: clients, packets, bytes, closes, refusals, limits and memory.
final class EngineMeters {
    private EngineMeters() {}

    static void bind(Meters meters, EngineServer engine) {
        meters.gauge("clients", "Clients that are connected", engine, EngineServer::clientsCount);
        traffic(meters, engine.metrics());
        reasons(meters, engine.metrics());
        memory(meters, engine.options().memoryBudget());
        var lag = new StrandLag(engine::strands, System::nanoTime);
        meters.nanos(
                "eventloop.lag", "How long a task waited for the slowest event loop", lag::nanos);
    }

    private static void traffic(Meters meters, EngineMetrics metrics) {
        meters.count("handshakes", "Engine.IO handshakes", metrics, EngineMetrics::handshakes);
        meters.count(
                "upgrades",
                "Clients that moved from polling to WebSocket",
                metrics,
                EngineMetrics::upgrades);
        String packets = "Engine.IO packets";
        meters.count(
                "packets", packets, metrics, EngineMetrics::packetsIn, "direction", "received");
        meters.count("packets", packets, metrics, EngineMetrics::packetsOut, "direction", "sent");
        meters.bytes(
                "bytes",
                "Bytes of packets, without HTTP or WebSocket framing",
                metrics,
                EngineMetrics::bytesIn,
                "direction",
                "received");
        meters.bytes(
                "bytes",
                "Bytes of packets, without HTTP or WebSocket framing",
                metrics,
                EngineMetrics::bytesOut,
                "direction",
                "sent");
        meters.count(
                "volatile.dropped",
                "Volatile messages dropped because the client was not ready",
                metrics,
                EngineMetrics::volatileDropped);
    }

    private static void reasons(Meters meters, EngineMetrics metrics) {
        meters.countEach(
                "closes",
                "Clients whose connection ended",
                metrics,
                "reason",
                CloseReason.values(),
                EngineMetrics::closes);
        meters.countEach(
                "refusals",
                "Requests refused before they were part of a session",
                metrics,
                "code",
                ConnectionError.Code.values(),
                EngineMetrics::refusals);
        meters.countEach(
                "limits.exceeded",
                "Limits that clients exceeded",
                metrics,
                "limit",
                LimitExceeded.Limit.values(),
                EngineMetrics::limitsExceeded);
    }

    private static void memory(Meters meters, MemoryBudget budget) {
        meters.bytesGauge(
                "memory.used",
                "Bytes that wait for clients or from clients",
                budget,
                MemoryBudget::used);
        meters.bytesGauge(
                "memory.limit",
                "Bytes that may wait for all clients together",
                budget,
                MemoryBudget::limit);
        meters.count(
                "memory.closed",
                "Clients closed because they held the most memory",
                budget,
                MemoryBudget::closedClients);
    }
}
