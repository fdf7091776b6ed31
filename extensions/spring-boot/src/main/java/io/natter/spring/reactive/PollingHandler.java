package io.natter.spring.reactive;

import io.natter.host.Attributes;
import io.natter.host.Endpoint;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.netty.NettyHost;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;

/// Serves polling to clients that speak HTTP/2. Their requests are not in a pipeline of HTTP/1.1,
/// where Natter takes them, and come to WebFlux.
public final class PollingHandler implements WebHandler {
    private final Endpoint endpoint;

    /// Serves `endpoint`.
    public PollingHandler(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return exchange.<Principal>getPrincipal()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(user -> serve(exchange, head(exchange.getRequest(), user)));
    }

    private Mono<Void> serve(ServerWebExchange exchange, HttpRequest head) {
        HttpServerRequest request =
                ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var answer = Sinks.<HttpResponse>one();
        var abort = new Abort();
        request.withConnection(
                connection -> {
                    var loop = connection.channel().eventLoop();
                    loop.execute(
                            () -> {
                                var strand = NettyHost.strand(loop);
                                endpoint.http(
                                        new ReactiveExchange(
                                                exchange, head, strand, answer, abort));
                            });
                });
        return answer.asMono()
                .doOnCancel(abort::happen)
                .flatMap(response -> write(exchange, response));
    }

    private static Mono<Void> write(ServerWebExchange exchange, HttpResponse response) {
        var to = exchange.getResponse();
        to.setStatusCode(HttpStatusCode.valueOf(response.status()));
        response.headers()
                .forEach((name, values) -> to.getHeaders().put(name, new ArrayList<>(values)));
        to.getHeaders().setContentLength(response.body().length);
        return to.writeWith(Mono.fromSupplier(() -> to.bufferFactory().wrap(response.body())));
    }

    private static HttpRequest head(ServerHttpRequest request, Optional<Principal> user) {
        var remote = request.getRemoteAddress();
        var uri = request.getURI();
        var head =
                new HttpRequest(
                        request.getMethod().name(),
                        uri.getPath(),
                        uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                        headers(request),
                        remote == null ? InetSocketAddress.createUnresolved("", 0) : remote,
                        request.getSslInfo() != null || "https".equals(uri.getScheme()));
        head.attributes().set(Attributes.PRINCIPAL, user.orElse(null));
        head.attributes().set(WebFilters.PASSED, true);
        return head;
    }

    private static Map<String, List<String>> headers(ServerHttpRequest request) {
        var headers = new LinkedHashMap<String, List<String>>();
        request.getHeaders()
                .forEach(
                        (name, values) ->
                                headers.computeIfAbsent(
                                                name.toLowerCase(Locale.ROOT),
                                                ignored -> new ArrayList<>())
                                        .addAll(values));
        // HTTP/2 has `:authority` instead, and the check of origins needs it.
        headers.computeIfAbsent("host", ignored -> List.of(request.getURI().getAuthority()));
        return headers;
    }
}
