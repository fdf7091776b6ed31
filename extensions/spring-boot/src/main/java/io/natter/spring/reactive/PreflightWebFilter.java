package io.natter.spring.reactive;

import io.natter.host.Endpoint;
import org.springframework.core.Ordered;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Gives preflights that come by HTTP/2 to Natter, in front of Spring Security, which would refuse
/// them: browsers send no credentials with them. (Those of HTTP/1.1 come to Natter first.)
public final class PreflightWebFilter implements WebFilter, Ordered {
    private final Endpoint endpoint;
    private final PollingHandler handler;
    private final boolean enabled;

    /// For the paths of `endpoint`.
    ///
    /// @param enabled whether it does anything
    public PreflightWebFilter(Endpoint endpoint, boolean enabled) {
        this.endpoint = endpoint;
        this.handler = new PollingHandler(endpoint);
        this.enabled = enabled;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        boolean isPreflight = enabled && CorsUtils.isPreFlightRequest(request);
        return isPreflight && endpoint.matches(request.getPath().value())
                ? handler.handle(exchange)
                : chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
