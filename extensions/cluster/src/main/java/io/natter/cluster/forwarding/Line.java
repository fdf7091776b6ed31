package io.natter.cluster.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.engine.EngineOptions;
import io.natter.host.HttpResponse;
import io.natter.host.RateLimitedLog;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The objects that all requests to other servers share.
///
/// @param http makes the connections
/// @param options of the engine, the same on all servers
/// @param connectTimeout for connections, and for the handshakes of WebSockets
record Line(
        HttpClient http,
        EngineOptions options,
        Duration connectTimeout,
        InFlight inFlight,
        ForwardingMetrics metrics) {
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final RateLimitedLog LOG = new RateLimitedLog(SessionForwarding.class);

    /// How long another server has to answer: it sends something at the latest with its next ping.
    Duration answerTimeout() {
        return options.pingInterval().plus(options.pingTimeout()).plus(MARGIN);
    }

    RateLimitedLog log() {
        return LOG;
    }

    /// The answer where the bounds are reached. The client comes back later.
    static HttpResponse tooMany() {
        return new HttpResponse(
                503,
                Map.of("Content-Type", List.of("text/plain"), "Retry-After", List.of("1")),
                "too many requests are passed on to other servers".getBytes(UTF_8));
    }
}
