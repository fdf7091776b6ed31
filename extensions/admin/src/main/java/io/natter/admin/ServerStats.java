package io.natter.admin;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineMetrics;
import io.natter.engine.TransportName;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The numbers of this server, read from the counters that it has anyway. On one thread at a time.
final class ServerStats {
    private final SocketIoServer io;
    private final String serverId;
    private final String hostname;
    private final Instant started =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    private final List<Counter> counters = new ArrayList<>();

    /// A counter, and what it was at the last look.
    private static final class Counter {
        final String type;
        final @Nullable String subType;
        final ToLongFunction<EngineMetrics> value;
        long last;

        Counter(String type, @Nullable String subType, ToLongFunction<EngineMetrics> value) {
            this.type = type;
            this.subType = subType;
            this.value = value;
        }
    }

    ServerStats(SocketIoServer io, String serverId, String hostname) {
        this.io = io;
        this.serverId = serverId;
        this.hostname = hostname;
        counters.add(new Counter("rawConnection", null, EngineMetrics::handshakes));
        for (CloseReason reason : CloseReason.values()) {
            counters.add(
                    new Counter(
                            "rawDisconnection",
                            reason.toString(),
                            metrics -> metrics.closes(reason)));
        }
        counters.add(new Counter("packetsIn", null, EngineMetrics::packetsIn));
        counters.add(new Counter("bytesIn", null, EngineMetrics::bytesIn));
        counters.add(new Counter("packetsOut", null, EngineMetrics::packetsOut));
        counters.add(new Counter("bytesOut", null, EngineMetrics::bytesOut));
        skip();
    }

    /// Forgets what was counted up to now.
    void skip() {
        for (Counter counter : counters) {
            counter.last = counter.value.applyAsLong(io.engine().metrics());
        }
    }

    /// The numbers as they are sent, with those counted since the last look.
    Map<String, Object> take() {
        var stats = new LinkedHashMap<String, Object>();
        stats.put("serverId", serverId);
        stats.put("hostname", hostname);
        stats.put("pid", ProcessHandle.current().pid());
        Instant now = io.options().clock().instant();
        stats.put("uptime", Duration.between(started, now).toMillis() / 1000.0);
        stats.put("clientsCount", io.engine().clientsCount());
        stats.put(
                "pollingClientsCount",
                io.engine().sessions().stream()
                        .filter(session -> session.transport() == TransportName.POLLING)
                        .count());
        stats.put("aggregatedEvents", aggregated(now.getEpochSecond() * 1000));
        stats.put(
                "namespaces",
                io.namespaces().stream()
                        .map(
                                nsp ->
                                        Map.of(
                                                "name",
                                                nsp.name(),
                                                "socketsCount",
                                                nsp.sockets().size()))
                        .toList());
        return stats;
    }

    private List<Map<String, Object>> aggregated(long second) {
        var events = new ArrayList<Map<String, Object>>();
        for (Counter counter : counters) {
            long value = counter.value.applyAsLong(io.engine().metrics());
            if (value > counter.last) {
                var event = new LinkedHashMap<String, Object>();
                event.put("timestamp", second);
                event.put("type", counter.type);
                if (counter.subType != null) {
                    event.put("subType", counter.subType);
                }
                event.put("count", value - counter.last);
                events.add(event);
                counter.last = value;
            }
        }
        return events;
    }
}
