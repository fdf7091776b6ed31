package io.natter.netty.http;

import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpLimits;
import io.natter.netty.frame.NettyHandshake;
import io.natter.netty.loop.ConnectionRegistry;
import io.natter.netty.loop.HostCounters;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The state that the connections of a host share.
///
/// @param fallback answers requests for other paths; null where those belong to the pipeline's
///   owner
/// @param connections the connections; null on an existing server
public record HostContext(
        List<Endpoint> endpoints,
        @Nullable Consumer<HttpExchange> fallback,
        HttpLimits rules,
        HostCounters counters,
        @Nullable ConnectionRegistry connections) {

    /// The endpoint for a request, or null.
    @Nullable Endpoint find(HttpRequest request, String path) {
        if (request.decoderResult().isFailure()) {
            return null;
        }
        boolean upgrade = NettyHandshake.wanted(request);
        for (var endpoint : endpoints) {
            if (upgrade ? endpoint.matchesUpgrade(path) : endpoint.matches(path)) {
                return endpoint;
            }
        }
        return null;
    }
}
