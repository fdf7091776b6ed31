package io.natter.engine;

import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sees every request and every WebSocket upgrade below the engine's path, after CORS and before
/// the engine's own checks.
@FunctionalInterface
public interface EngineMiddleware {

    /// Runs on a virtual thread, so it may block. Its entries in `headers` go out with the answer,
    /// the 101 of an upgrade included. The attributes that it sets on the request of a handshake
    /// stay with the session: [HttpRequest#attributes].
    ///
    /// @return null to go on, or an answer that ends the request here
    /// @throws Exception refuses the request with code 3, `Bad request`
    @Nullable HttpResponse handle(HttpRequest request, Map<String, List<String>> headers)
            throws Exception;
}
