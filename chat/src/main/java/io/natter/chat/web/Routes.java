package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatStore;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Optional;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// Which HTTP request goes where. Those for Socket.IO were taken before.
final class Routes implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    private final ChatStore store;
    private final SessionApi sessions;
    private final PageServer page;
    private final HttpApi api = new HttpApi();

    private volatile boolean closing;

    Routes(ChatStore store, SessionApi sessions, PageServer page) {
        this.store = store;
        this.sessions = sessions;
        this.page = page;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        String path = request.path();
        if (path.equals("api/session")) {
            return session(request, response);
        }
        if (path.startsWith("api/")) {
            return refuse(response, 404, ChatError.unknown("address"));
        }
        if (!isRead(request)) {
            response.header(HttpHeaderNames.ALLOW, "GET, HEAD");
            return refuse(response, 405, ChatError.badRequest("Only GET and HEAD are for this."));
        }
        return switch (path) {
            case "healthz" -> text(response, 200, "ok");
            case "readyz" -> ready(response);
            default -> page.serve(request, response);
        };
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private Publisher<Void> session(HttpServerRequest request, HttpServerResponse response) {
        return switch (request.method().name()) {
            case "GET" -> api.run(request, response, sessions::get);
            case "POST" -> api.run(request, response, sessions::post);
            case "DELETE" -> api.run(request, response, sessions::delete);
            default -> {
                response.header(HttpHeaderNames.ALLOW, "GET, POST, DELETE");
                yield refuse(
                        response, 405, ChatError.badRequest("Use GET, POST or DELETE for this."));
            }
        };
    }

    private Publisher<Void> ready(HttpServerResponse response) {
        Optional<String> trouble = closing ? Optional.of("closing") : store.trouble();
        return trouble.isEmpty()
                ? text(response, 200, "ready")
                : text(response, 503, "not ready: " + trouble.get());
    }

    private static Publisher<Void> refuse(
            HttpServerResponse response, int status, ChatError error) {
        return HttpApi.write(response, new HttpApi.Answer(status, Wire.refused(error), null));
    }

    private static Publisher<Void> text(HttpServerResponse response, int status, String text) {
        SecurityHeaders.apply(response.responseHeaders());
        response.status(status)
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        return response.sendString(Mono.just(text + "\n"));
    }

    boolean hasPage() {
        return page.built();
    }

    /// From now on the server is not ready.
    void close() {
        closing = true;
    }
}
