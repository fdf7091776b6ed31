package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpExchange;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the connections of a host have in common.
///
/// @param fallback answers requests for other paths; null where those belong to the pipeline's
///   owner
/// @param lines the connections; null where they are somebody else's
record Hosted(
        List<Endpoint> endpoints,
        @Nullable Consumer<HttpExchange> fallback,
        HttpRules rules,
        HostMetrics metrics,
        @Nullable Lines lines) {

    /// The endpoint for a request, or null.
    @Nullable Endpoint find(HttpRequest request, String path) {
        if (request.decoderResult().isFailure()) {
            return null;
        }
        boolean upgrade = Handshake.wanted(request);
        for (var endpoint : endpoints) {
            if (upgrade ? endpoint.matchesUpgrade(path) : endpoint.matches(path)) {
                return endpoint;
            }
        }
        return null;
    }
}
