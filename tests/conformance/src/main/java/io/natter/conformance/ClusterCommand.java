package io.natter.conformance;

import io.natter.admin.AdminMode;
import io.natter.admin.AdminUi;
import io.natter.cluster.forwarding.ForwardingMetrics;
import io.natter.cluster.forwarding.SessionForwarding;
import io.natter.socketio.ConnectionStateRecovery;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `bin/conformance cluster`: one server of a cluster, led by JSON lines on its standard input.
/// Each line is a command with an `id`; its answer is a line with the same `id`. A line that is no
/// JSON is answered with an `error` alone. Ends with its input.
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "One server of a cluster; prints READY N, then takes commands as JSON lines.")
final class ClusterCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Option(
            names = "--adapter",
            completionCandidates = AdapterNames.class,
            description = "${COMPLETION-CANDIDATES}",
            defaultValue = "classic")
    @SuppressWarnings("NullAway.Init")
    private String adapter;

    @Option(names = "--redis", description = "address", defaultValue = "redis://127.0.0.1:6379")
    @SuppressWarnings("NullAway.Init")
    private String redis;

    @Option(
            names = "--postgres",
            description = "address",
            defaultValue = "postgresql://127.0.0.1:5432/postgres")
    @SuppressWarnings("NullAway.Init")
    private String postgres;

    @Option(names = "--port", defaultValue = "0", description = "0 for any free one")
    private int port;

    @Option(
            names = "--timeout",
            defaultValue = "5000",
            description = "milliseconds for the answers of other servers")
    private int timeout;

    @Option(names = "--secret", description = "signs messages between servers; none by default")
    private @Nullable String secret;

    @Option(names = "--admin", description = "name in the Admin UI; without one there is none")
    private @Nullable String admin;

    @Option(
            names = "--server",
            defaultValue = "netty",
            paramLabel = "NAME",
            converter = ServerName.class,
            completionCandidates = ServerName.class,
            description = "the host: ${COMPLETION-CANDIDATES}; netty by default")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses to run
    private TestedHost server;

    @Option(names = "--forward", description = "pass requests on to the server of their session")
    private boolean forward;

    static final class AdapterNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ClusterAdapters.BY_NAME.keySet().iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        var chosen = ClusterAdapters.BY_NAME.get(adapter);
        if (chosen == null) {
            System.err.printf(
                    "There is no adapter '%s', but %s%n",
                    adapter, String.join(", ", ClusterAdapters.BY_NAME.keySet()));
            return 2;
        }
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var settings =
                new ClusterAdapters.Settings(redis, postgres, Duration.ofMillis(timeout), secret);
        try (var shared = chosen.apply(settings)) {
            var options = SocketIoOptions.builder().adapter(shared.factory());
            if (shared.recovers()) {
                options.connectionStateRecovery(ConnectionStateRecovery.DEFAULT);
            }
            var io = SocketIoServer.create(options.build());
            if (admin != null) {
                AdminUi.builder()
                        .noAuth()
                        .mode(AdminMode.DEVELOPMENT)
                        .serverId(admin)
                        .instrument(io);
            }
            try (var host =
                    server.start(
                            new HealthPage(io), new TestedHost.Settings("127.0.0.1", port, null))) {
                int listening = host.address().getPort();
                var commands = new ClusterCommands(io, shared, forwarding(io, listening));
                out.println("READY " + listening);
                var in = new InputStreamReader(System.in, StandardCharsets.UTF_8);
                new BufferedReader(in).lines().forEach(line -> run(line, commands, out));
            }
        }
        return 0;
    }

    private Supplier<Map<String, Long>> forwarding(SocketIoServer io, int listening) {
        if (!forward) {
            return Map::of;
        }
        var forwarding = SessionForwarding.attach(io, "http://127.0.0.1:" + listening);
        return () -> counts(forwarding.otherServers(), forwarding.metrics());
    }

    private static Map<String, Long> counts(long others, ForwardingMetrics metrics) {
        return Map.of(
                "others", others,
                "requests", metrics.requests(),
                "webSockets", metrics.webSockets(),
                "received", metrics.received(),
                "unreachable", metrics.unreachable(),
                "timedOut", metrics.timedOut(),
                "refused", metrics.refused(),
                "forged", metrics.forged(),
                "malformed", metrics.malformed(),
                "inFlight", metrics.inFlight());
    }

    private static void run(String line, ClusterCommands commands, PrintStream out) {
        if (line.isBlank()) {
            return;
        }
        JsonNode command;
        try {
            command = JSON.readTree(line);
        } catch (JacksonException e) {
            out.println(JSON.writeValueAsString(Map.of("error", e.getOriginalMessage())));
            return;
        }
        CompletableFuture<Map<String, ?>> answer;
        try {
            answer = commands.run(command);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var ignored =
                answer.whenComplete(
                        (members, failure) -> {
                            var written = new LinkedHashMap<String, Object>();
                            written.put("id", command.path("id"));
                            if (failure == null) {
                                written.putAll(members);
                            } else {
                                written.put("error", failure.toString());
                            }
                            out.println(JSON.writeValueAsString(written));
                        });
    }
}
