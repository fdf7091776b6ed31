package io.natter.engine;

import io.natter.host.HttpRequest;
import java.util.List;
import java.util.Map;

/// Adds headers to answers; see [EngineServer#onHeaders] and [EngineServer#onInitialHeaders].
@FunctionalInterface
public interface HeadersListener {

    /// Called on the strand of the request or of the session; must not block. `headers` may be
    /// changed.
    void headers(Map<String, List<String>> headers, HttpRequest request);
}
