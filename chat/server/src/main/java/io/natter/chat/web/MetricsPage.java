package io.natter.chat.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.chat.metrics.ChatMetrics;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.web.http.SecurityHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.security.MessageDigest;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// `/metrics`, for a program with the token.
final class MetricsPage {
    private static final String SCHEME = "Bearer ";

    private final HttpApi api;
    private final ChatMetrics metrics;
    private final byte[] token;

    MetricsPage(HttpApi api, ChatMetrics metrics, String token) {
        this.api = api;
        this.metrics = metrics;
        this.token = token.getBytes(UTF_8);
    }

    Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        String sent = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION, "");
        boolean may =
                sent.startsWith(SCHEME)
                        && MessageDigest.isEqual(
                                sent.substring(SCHEME.length()).getBytes(UTF_8), token);
        SecurityHeaders.apply(response.responseHeaders());
        response.header(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (!may) {
            response.status(401)
                    .header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer")
                    .header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            return response.sendString(
                    Mono.just("Send Authorization: Bearer with the token of --metrics-token.\n"));
        }
        response.header(HttpHeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        return response.sendString(api.blocking(metrics::scrape));
    }
}
