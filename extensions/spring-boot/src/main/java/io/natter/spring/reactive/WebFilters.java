package io.natter.spring.reactive;

import io.natter.engine.EngineMiddleware;
import io.natter.host.Attributes;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Key;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.i18n.LocaleContextResolver;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/// Runs all filters of a WebFlux application on each of Natter's requests, those of Spring Security
/// among them. If a filter answers, the client gets its answer. Else its headers go out with
/// Natter's answer, and the user that the filters have found is the principal of the handshake.
///
/// It is needed because Natter takes its requests in front of WebFlux.
public final class WebFilters implements EngineMiddleware {
    /// Set on a request that came through the filters in the ordinary way.
    static final Key<Boolean> PASSED = Key.of("spring.filters.passed", Boolean.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpHandler handler;
    private final String contextPath;

    private WebFilters(HttpHandler handler, String contextPath) {
        this.handler = handler;
        this.contextPath = contextPath;
    }

    /// The filters of a context, or null if it has none.
    ///
    /// @param contextPath `spring.webflux.base-path`, or empty
    public static @Nullable WebFilters of(ApplicationContext context, String contextPath) {
        List<WebFilter> filters = context.getBeanProvider(WebFilter.class).orderedStream().toList();
        if (filters.isEmpty()) {
            return null;
        }
        WebHandler last = WebFilters::passed;
        var builder =
                WebHttpHandlerBuilder.webHandler(last)
                        .filters(all -> all.addAll(filters))
                        .exceptionHandlers(
                                all ->
                                        all.addAll(
                                                context.getBeanProvider(WebExceptionHandler.class)
                                                        .orderedStream()
                                                        .toList()));
        bean(context, WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME, WebSessionManager.class)
                .ifPresent(builder::sessionManager);
        bean(
                        context,
                        WebHttpHandlerBuilder.LOCALE_CONTEXT_RESOLVER_BEAN_NAME,
                        LocaleContextResolver.class)
                .ifPresent(builder::localeContextResolver);
        bean(
                        context,
                        WebHttpHandlerBuilder.FORWARDED_HEADER_TRANSFORMER_BEAN_NAME,
                        ForwardedHeaderTransformer.class)
                .ifPresent(builder::forwardedHeaderTransformer);
        return new WebFilters(builder.build(), contextPath);
    }

    private static <T> Optional<T> bean(ApplicationContext context, String name, Class<T> type) {
        return context.containsBean(name)
                ? Optional.of(context.getBean(name, type))
                : Optional.empty();
    }

    /// Behind the last filter.
    private static Mono<Void> passed(ServerWebExchange exchange) {
        FilteredRequest request =
                ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        return exchange.<Principal>getPrincipal()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .doOnNext(user -> request.pass(user.orElse(null)))
                .then();
    }

    @Override
    public @Nullable HttpResponse handle(HttpRequest head, Map<String, List<String>> headers) {
        if (head.attributes().get(PASSED) != null) {
            return null;
        }
        var request = new FilteredRequest(head, contextPath);
        var response = new RecordedResponse();
        handler.handle(request, response).block(PATIENCE);
        if (!request.hasPassed()) {
            return response.answer();
        }
        response.addHeaders(headers);
        head.attributes().set(Attributes.PRINCIPAL, request.principal());
        return null;
    }
}
