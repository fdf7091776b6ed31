package io.natter.websocket;

import io.natter.host.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses among the subprotocols that a client offers (RFC 6455 §1.9), as `handleProtocols` of npm
/// `ws` does.
@FunctionalInterface
public interface HandleProtocols {
    /// One of `offered`, which are in the client's order of preference, or null for none. It may
    /// block with [io.natter.host.dispatch.Dispatch#VIRTUAL]. An exception refuses the client with
    /// 500.
    @Nullable String choose(List<String> offered, HttpRequest request) throws Exception;
}
