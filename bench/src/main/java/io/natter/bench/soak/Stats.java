package io.natter.bench.soak;

import io.natter.engine.ConnectionError;
import io.natter.engine.LimitExceeded;
import io.natter.host.MemoryBudget;
import io.natter.netty.NettyHost;
import io.natter.socketio.SocketIoServer;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The counters of the server, as JSON with a number for each name.
final class Stats {
    private Stats() {}

    static String json(NettyHost host, List<SocketIoServer> servers) {
        var counts = new TreeMap<String, Long>();
        long sessions = 0;
        for (var io : servers) {
            sessions += io.engine().clientsCount();
            for (var limit : LimitExceeded.Limit.values()) {
                counts.merge(
                        "limit " + limit, io.engine().metrics().limitsExceeded(limit), Long::sum);
            }
            for (var code : ConnectionError.Code.values()) {
                counts.merge("refused " + code, io.engine().metrics().refusals(code), Long::sum);
            }
        }
        counts.put("http bad requests", host.metrics().badRequests());
        counts.put("http bodies too large", host.metrics().bodiesTooLarge());
        counts.put("http time-outs", host.metrics().timeouts());
        counts.put("websocket violations", host.metrics().violations());
        counts.put("errors injected", Fault.injected());
        var memory = Runtime.getRuntime();
        return "{\"sessions\":%d,\"connections\":%d,\"heap\":%d,\"direct\":%d,\"budget\":%d,\"counts\":%s}"
                .formatted(
                        sessions,
                        host.metrics().connections(),
                        memory.totalMemory() - memory.freeMemory(),
                        direct(),
                        MemoryBudget.shared().used(),
                        object(counts));
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static String object(Map<String, Long> counts) {
        var parts =
                counts.entrySet().stream()
                        .filter(each -> each.getValue() > 0)
                        .map(each -> "\"%s\":%d".formatted(name(each.getKey()), each.getValue()));
        return "{" + String.join(",", parts.toList()) + "}";
    }

    private static String name(String key) {
        return key.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
