package io.natter.spring.reactive;

import io.natter.host.Endpoint;
import java.util.Map;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Gives Natter's path to the [PollingHandler], on the application's port only. The management port
/// of an actuator takes the mappings of the application, too.
public final class PollingMapping extends SimpleUrlHandlerMapping {
    /// In front of the application's controllers and static files.
    private static final int ORDER = -1;

    /// Maps `path` and all below it.
    ///
    /// @param path without the base path of WebFlux
    public PollingMapping(Endpoint endpoint, String path) {
        this(new PollingHandler(endpoint), path);
    }

    private PollingMapping(PollingHandler handler, String path) {
        super(Map.of(path, handler, path + "/**", handler), ORDER);
    }

    @Override
    public Mono<Object> getHandlerInternal(ServerWebExchange exchange) {
        return obtainApplicationContext().equals(exchange.getApplicationContext())
                ? super.getHandlerInternal(exchange)
                : Mono.empty();
    }
}
