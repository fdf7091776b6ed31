package io.natter.websocket;

import io.natter.host.ConnectionsPerAddress;
import io.natter.host.ConnectionsPerAddress.Place;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.OriginCheck;
import io.natter.host.RefusedOriginLog;
import io.natter.host.UpgradeExchange;
import io.natter.host.UpgradeExchange.Acceptance;
import io.natter.host.dispatch.Dispatch;
import io.natter.websocket.WebSocketMetrics.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Accepts or refuses requests to become a WebSocket. Its own checks run on the strand of the
/// request; the application's may block and run on a virtual thread.
final class UpgradeVerifier {
    private final WebSocketServer server;
    private final WebSocketServerOptions options;
    private final RefusedOriginLog foreign;
    private final ConnectionsPerAddress addresses = new ConnectionsPerAddress();
    private final AtomicInteger inFlight = new AtomicInteger();

    UpgradeVerifier(WebSocketServer server, WebSocketServerOptions options) {
        this.server = server;
        this.options = options;
        this.foreign = new RefusedOriginLog(server.logs());
    }

    /// On the strand of the request.
    void check(UpgradeExchange exchange) {
        Place place = null;
        try {
            if (mayConnect(exchange)) {
                place = place(exchange.request());
                if (place == null) {
                    refuse(
                            exchange,
                            Refusal.CONNECTIONS_PER_ADDRESS,
                            403,
                            "too many connections from this address");
                }
            }
        } catch (Throwable t) {
            fail(exchange, t);
        }
        if (place == null) {
            return;
        }
        if (options.verifyClient == null && options.handleProtocols == null) {
            accept(exchange, place, firstKnown(exchange.request()));
        } else if (options.dispatch == Dispatch.INLINE) {
            decide(exchange, place);
        } else {
            decideAside(exchange, place);
        }
    }

    private boolean mayConnect(UpgradeExchange exchange) {
        var request = exchange.request();
        var origin = request.header("origin");
        if (server.isClosing()) {
            refuse(exchange, Refusal.CLOSING, 503, "the server shuts down");
        } else if (origin != null && OriginCheck.isMalformed(origin)) {
            refuse(exchange, Refusal.MALFORMED_ORIGIN, 400, "the Origin header is malformed");
        } else if (origin != null
                && options.checkOrigin
                && OriginCheck.isForeign(request, origin, options.cors)) {
            foreign.refused(origin, request.header("host"));
            refuse(exchange, Refusal.FOREIGN_ORIGIN, 403, "this origin is not allowed here");
        } else {
            return true;
        }
        return false;
    }

    private @Nullable Place place(HttpRequest request) {
        int max = options.maxConnectionsPerAddress;
        var address = max > 0 ? options.clientAddress.of(request) : null;
        return address == null ? Place.UNCOUNTED : addresses.take(address, max);
    }

    private void decideAside(UpgradeExchange exchange, Place place) {
        int max = options.maxHandshakesInFlight;
        if (inFlight.incrementAndGet() > max && max > 0) {
            inFlight.decrementAndGet();
            place.free();
            refuse(exchange, Refusal.HANDSHAKES_IN_FLIGHT, 503, "too many handshakes in flight");
            return;
        }
        try {
            Thread.ofVirtual()
                    .name("natter-handshake")
                    .start(
                            () -> {
                                try {
                                    decide(exchange, place);
                                } finally {
                                    inFlight.decrementAndGet();
                                }
                            });
        } catch (Throwable t) {
            inFlight.decrementAndGet();
            place.free();
            fail(exchange, t);
        }
    }

    private void decide(UpgradeExchange exchange, Place place) {
        var request = exchange.request();
        String subprotocol = null;
        HttpResponse refusal;
        try {
            var verify = options.verifyClient;
            refusal = verify == null ? null : verify.refusal(request);
            if (refusal == null) {
                var choice = options.handleProtocols;
                subprotocol =
                        choice == null
                                ? firstKnown(request)
                                : choice.choose(offered(request), request);
            }
        } catch (Throwable t) {
            place.free();
            fail(exchange, t);
            return;
        }
        if (refusal == null) {
            accept(exchange, place, subprotocol);
        } else {
            place.free();
            server.metrics().refused(Refusal.VERIFY_CLIENT);
            exchange.refuse(refusal);
        }
    }

    private void accept(UpgradeExchange exchange, Place place, @Nullable String subprotocol) {
        var acceptance =
                new Acceptance(
                        Map.of(), subprotocol, options.maxPayload, options.perMessageDeflate);
        try {
            exchange.accept(
                    exchange.strand(),
                    acceptance,
                    connection -> server.open(connection, exchange.request(), subprotocol, place));
        } catch (Throwable t) {
            place.free();
            server.logs().failure("accept", "a WebSocket could not be accepted", t);
        }
    }

    private void fail(UpgradeExchange exchange, Throwable cause) {
        server.logs().failure("verify", "a WebSocket is refused, because its check threw", cause);
        refuse(exchange, Refusal.FAILURE, 500, "the server failed on this request");
    }

    private void refuse(UpgradeExchange exchange, Refusal reason, int status, String text) {
        server.metrics().refused(reason);
        exchange.refuse(HttpResponse.text(status, text + "\n"));
    }

    private @Nullable String firstKnown(HttpRequest request) {
        if (options.subprotocols.isEmpty()) {
            return null;
        }
        return offered(request).stream()
                .filter(options.subprotocols::contains)
                .findFirst()
                .orElse(null);
    }

    private static List<String> offered(HttpRequest request) {
        var offered = new ArrayList<String>();
        for (var header : request.headers().getOrDefault("sec-websocket-protocol", List.of())) {
            for (var each : header.split(",", -1)) {
                if (!each.isBlank()) {
                    offered.add(each.strip());
                }
            }
        }
        return offered;
    }
}
