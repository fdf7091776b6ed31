package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.wire.WireErrors;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// Which HTTP request goes where. Those for Socket.IO were taken before.
final class Routes implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    private final ChatStore store;
    private final SessionApi sessions;
    private final AccountApi accounts;
    private final PushApi push;
    private final PageServer page;
    private final HttpApi api;
    private final FileRoutes files;
    private final EventLoopProbe loops;

    private volatile boolean closing;

    Routes(
            HttpApi api,
            ChatStore store,
            SessionApi sessions,
            AccountApi accounts,
            PushApi push,
            PageServer page,
            FileRoutes files,
            EventLoopProbe loops) {
        this.api = api;
        this.store = store;
        this.sessions = sessions;
        this.accounts = accounts;
        this.push = push;
        this.page = page;
        this.files = files;
        this.loops = loops;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        String path = request.path();
        if (files.takes(path)) {
            return files.serve(path, request, response);
        }
        if (path.startsWith("api/")) {
            return call(path, request, response);
        }
        if (path.equals(RequestChecks.MALFORMED)) {
            response.header(HttpHeaderNames.CONNECTION, "close");
            return refuse(response, 400, ChatError.badRequest("The address is not well-formed."));
        }
        if (path.equals(RequestChecks.TOO_MANY_HEADERS)) {
            response.header(HttpHeaderNames.CONNECTION, "close");
            return refuse(
                    response,
                    431,
                    ChatError.badRequest(
                            "Send at most %d headers.".formatted(RequestChecks.MAX_HEADERS)));
        }
        if (!isRead(request)) {
            response.header(HttpHeaderNames.ALLOW, "GET, HEAD");
            return refuse(response, 405, ChatError.badRequest("Only GET and HEAD are for this."));
        }
        return switch (path) {
            case "healthz" -> healthy(response);
            case "readyz" -> ready(response);
            default -> page.serve(request, response);
        };
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private Publisher<Void> call(
            String path, HttpServerRequest request, HttpServerResponse response) {
        return switch (path) {
            case "api/session" -> session(request, response);
            case "api/push" -> push(request, response);
            case "api/push/test" -> only("POST", request, response, push::test);
            case "api/sessions" -> only("GET", request, response, accounts::sessions);
            case "api/sessions/revoke" -> only("POST", request, response, accounts::revoke);
            case "api/account" -> only("POST", request, response, accounts::signUp);
            case "api/setup" -> only("POST", request, response, accounts::setUp);
            case "api/login" -> only("POST", request, response, accounts::signIn);
            case "api/password" -> only("POST", request, response, accounts::changePassword);
            case "api/invite" -> only("POST", request, response, accounts::invite);
            default -> refuse(response, 404, ChatError.unknown("address"));
        };
    }

    private Publisher<Void> only(
            String method,
            HttpServerRequest request,
            HttpServerResponse response,
            Function<HttpApi.Call, HttpApi.Answer> handler) {
        if (request.method().name().equals(method)) {
            return api.run(request, response, handler);
        }
        response.header(HttpHeaderNames.ALLOW, method);
        return refuse(response, 405, ChatError.badRequest("Use " + method + " for this."));
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

    private Publisher<Void> push(HttpServerRequest request, HttpServerResponse response) {
        return switch (request.method().name()) {
            case "GET" -> api.run(request, response, push::get);
            case "DELETE" -> api.run(request, response, push::delete);
            default -> only("POST", request, response, push::post);
        };
    }

    private Publisher<Void> healthy(HttpServerResponse response) {
        int silent = loops.silent();
        return silent == 0
                ? text(response, 200, "ok")
                : text(
                        response,
                        503,
                        "not ok: event_loops\n%d of %d event loops do not answer: restart the server."
                                .formatted(silent, loops.size()));
    }

    private Publisher<Void> ready(HttpServerResponse response) {
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

    private static Publisher<Void> refuse(
            HttpServerResponse response, int status, ChatError error) {
        return HttpApi.write(response, new HttpApi.Answer(status, WireErrors.refused(error), null));
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
