package io.natter.spring.security;

import java.util.function.Predicate;
import org.springframework.core.Ordered;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// As [SkipCsrfFilter], for WebFlux.
public final class SkipCsrfWebFilter implements WebFilter, Ordered {
    private final Predicate<String> paths;
    private final boolean enabled;

    /// For the paths that are Natter's.
    ///
    /// @param enabled whether it does anything
    public SkipCsrfWebFilter(Predicate<String> paths, boolean enabled) {
        this.paths = paths;
        this.enabled = enabled;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var path = exchange.getRequest().getPath().value();
        if (enabled && paths.test(path)) {
            CsrfWebFilter.skipExchange(exchange);
        }
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
