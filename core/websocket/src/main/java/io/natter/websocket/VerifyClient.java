package io.natter.websocket;

import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import org.jspecify.annotations.Nullable;

/// Decides whether a client may open a WebSocket, as `verifyClient` of npm `ws` does. Asked after
/// the check of the origin.
///
/// ```java
/// options.verifyClient(request ->
///         request.header("authorization") == null ? HttpResponse.text(401, "log in first") : null);
/// ```
@FunctionalInterface
public interface VerifyClient {
    /// The answer to a client that is refused, or null to accept it. It may block with
    /// [io.natter.host.dispatch.Dispatch#VIRTUAL]. An exception refuses the client with 500.
    @Nullable HttpResponse refusal(HttpRequest request) throws Exception;
}
