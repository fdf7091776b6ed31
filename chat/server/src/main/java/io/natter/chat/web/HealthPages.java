package io.natter.chat.web;

import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.web.http.SecurityHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// `/healthz`: whether the server should be restarted. `/readyz`: whether it can serve people now.
final class HealthPages {
    private final HttpApi api;
    private final ChatStore store;
    private final EventLoopProbe loops;

    private volatile boolean closing;

    HealthPages(HttpApi api, ChatStore store, EventLoopProbe loops) {
        this.api = api;
        this.store = store;
        this.loops = loops;
    }

    /// From now on the server is not ready.
    void close() {
        closing = true;
    }

    Publisher<Void> healthy(HttpServerResponse response) {
        int silent = loops.silent();
        return silent == 0
                ? text(response, 200, "ok")
                : text(
                        response,
                        503,
                        "not ok: event_loops\n%d of %d event loops do not answer: restart the server."
                                .formatted(silent, loops.size()));
    }

    Publisher<Void> ready(HttpServerResponse response) {
        if (closing) {
            return text(response, 503, "not ready: closing");
        }
        return api.blocking(store::trouble)
                .flatMap(
                        trouble ->
                                Mono.from(
                                        trouble.isEmpty()
                                                ? text(response, 200, "ready")
                                                : text(response, 503, reason(trouble.get()))));
    }

    private static String reason(StoreTrouble trouble) {
        return "not ready: " + trouble.code() + "\n" + trouble.sentence();
    }

    private static Publisher<Void> text(HttpServerResponse response, int status, String text) {
        SecurityHeaders.apply(response.responseHeaders());
        response.status(status)
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        return response.sendString(Mono.just(text + "\n"));
    }
}
