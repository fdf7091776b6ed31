package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.web.file.FileRoutes;
import io.natter.chat.web.file.PictureApi;
import io.natter.chat.web.http.BasePath;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.web.http.RequestChecks;
import io.natter.chat.web.integration.IncomingWebhooks;
import io.natter.chat.web.integration.IntegrationApi;
import io.natter.chat.web.integration.RestRoutes;
import io.natter.chat.web.signin.AccountApi;
import io.natter.chat.web.signin.OpenIdRoutes;
import io.natter.chat.web.signin.SessionApi;
import io.natter.chat.web.signin.SignIn;
import io.natter.chat.wire.WireErrors;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/// The HTTP requests and their handlers. Requests for Socket.IO do not come here.
final class Routes {
    private final HttpServerRoutes routes = HttpServerRoutes.newRoutes();
    private final HttpApi api;
    private final RestRoutes rest;

    /// The methods of each path of the API, for `Allow`.
    private final Map<String, List<String>> methods = new HashMap<>();

    Routes(
            HttpApi api,
            SignIn signIn,
            PushApi push,
            FileRoutes files,
            PictureApi pictures,
            IntegrationApi integrations,
            RestRoutes rest,
            IncomingWebhooks webhooks,
            HealthPages health,
            @Nullable MetricsPage metrics,
            PageServer page) {
        this.api = api;
        this.rest = rest;
        Contracts contracts = new Contracts();
        routes.route(is(RequestChecks.MALFORMED), Routes::malformed);
        routes.route(is(RequestChecks.TOO_MANY_HEADERS), Routes::tooManyHeaders);

        routes.route(
                is(BasePath.WITHOUT_SLASH),
                (_, response) -> response.sendRedirect(page.basePath() + "/"));

        routes.route(
                request -> files.takes(request.path()),
                (request, response) -> files.serve(request.path(), request, response));

        routes.route(
                request -> pictures.takes(request.path()),
                (request, response) -> pictures.serve(request.path(), request, response));
        OpenIdRoutes openId = signIn.openIdRoutes();
        routes.route(request -> openId.takes(request.path()), openId::serve);

        SessionApi sessions = signIn.sessions();
        get("/api/session", sessions::get);
        post("/api/session", sessions::post);
        delete("/api/session", sessions::delete);
        AccountApi accounts = signIn.accounts();
        get("/api/sessions", accounts::sessions);
        post("/api/sessions/revoke", accounts::revoke);
        post("/api/account", accounts::signUp);
        post("/api/setup", accounts::setUp);
        post("/api/login", accounts::signIn);
        post("/api/password", accounts::changePassword);
        post("/api/confirm", accounts::confirm);
        post("/api/invite", accounts::invite);
        get("/api/ways", signIn.methods()::ways);
        get("/api/methods", signIn.methods()::list);
        post("/api/passkeys/options", signIn.passkeys()::options);
        post("/api/passkeys/add", signIn.passkeys()::add);
        post("/api/passkeys/sign-up", signIn.passkeys()::signUp);
        post("/api/passkeys/sign-in", signIn.passkeys()::signIn);
        post("/api/passkeys/confirm", signIn.passkeys()::confirm);
        post("/api/passkeys/remove", signIn.methods()::removePasskey);
        post("/api/openid/start", signIn.openId()::start);
        post("/api/openid/outcome", signIn.openId()::outcome);
        post("/api/openid/name", signIn.openId()::name);
        post("/api/identities/remove", signIn.methods()::unlink);
        get("/api/push", push::get);
        post("/api/push", push::post);
        delete("/api/push", push::delete);
        post("/api/push/test", push::test);
        get("/api/bots", integrations::bots);
        post("/api/bots", integrations::createBot);
        post("/api/bots/renew", integrations::renewBot);
        post("/api/bots/revoke", integrations::revokeBot);
        get("/api/webhooks", integrations::webhooks);
        post("/api/webhooks/incoming", integrations::createIncoming);
        post("/api/webhooks/incoming/revoke", integrations::revokeIncoming);
        post("/api/webhooks/outgoing", integrations::createOutgoing);
        post("/api/webhooks/outgoing/revoke", integrations::revokeOutgoing);
        post("/api/webhooks/outgoing/enable", integrations::enableOutgoing);
        routes.route(request -> rest.takes(request.path()), rest::serve);
        routes.route(request -> webhooks.takes(request.path()), webhooks::serve);
        routes.route(
                request -> contracts.takes(request.path()) && !changes(request),
                (request, response) -> contracts.serve(request.path(), response));
        routes.route(request -> request.path().startsWith("api/"), this::notInTheApi);

        routes.route(Routes::changes, Routes::onlyRead);
        routes.route(is("healthz"), (_, response) -> health.healthy(response));
        routes.route(is("readyz"), (_, response) -> health.ready(response));
        if (metrics != null) {
            routes.route(is("metrics"), metrics::serve);
        }
        routes.route(_ -> true, page::serve);
    }

    BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler() {
        return routes;
    }

    /// For tests: the operations that programs may use, such as `GET /api/v1/me`.
    Set<String> operations() {
        Set<String> all = new TreeSet<>(rest.operations());
        all.add(IncomingWebhooks.OPERATION);
        methods.forEach((path, each) -> each.forEach(method -> all.add(method + " " + path)));
        return all;
    }

    private void get(String path, Function<HttpApi.Call, HttpApi.Answer> handler) {
        routes.get(path, call(path, "GET", handler));
    }

    private void post(String path, Function<HttpApi.Call, HttpApi.Answer> handler) {
        routes.post(path, call(path, "POST", handler));
    }

    private void delete(String path, Function<HttpApi.Call, HttpApi.Answer> handler) {
        routes.delete(path, call(path, "DELETE", handler));
    }

    private BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> call(
            String path, String method, Function<HttpApi.Call, HttpApi.Answer> handler) {
        methods.computeIfAbsent(path, _ -> new ArrayList<>()).add(method);
        String kind = method + " " + path;
        return (request, response) -> api.run(kind, request, response, handler);
    }

    private static Predicate<HttpServerRequest> is(String path) {
        return request -> request.path().equals(path);
    }

    private static boolean changes(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.GET)
                && !request.method().equals(HttpMethod.HEAD);
    }

    // ---- refusals

    private Publisher<Void> notInTheApi(HttpServerRequest request, HttpServerResponse response) {
        List<String> allowed = methods.get("/" + request.path());
        if (allowed == null) {
            return refuse(response, 404, ChatError.unknown("address"));
        }
        response.header(HttpHeaderNames.ALLOW, String.join(", ", allowed));
        String last = allowed.getLast();
        String others = String.join(", ", allowed.subList(0, allowed.size() - 1));
        String names = others.isEmpty() ? last : others + " or " + last;
        return refuse(response, 405, ChatError.badRequest("Use " + names + " for this."));
    }

    private static Publisher<Void> onlyRead(
            HttpServerRequest request, HttpServerResponse response) {
        response.header(HttpHeaderNames.ALLOW, "GET, HEAD");
        return refuse(response, 405, ChatError.badRequest("Only GET and HEAD are for this."));
    }

    private static Publisher<Void> malformed(
            HttpServerRequest request, HttpServerResponse response) {
        response.header(HttpHeaderNames.CONNECTION, "close");
        return refuse(response, 400, ChatError.badRequest("The address is not well-formed."));
    }

    private static Publisher<Void> tooManyHeaders(
            HttpServerRequest request, HttpServerResponse response) {
        response.header(HttpHeaderNames.CONNECTION, "close");
        return refuse(
                response,
                431,
                ChatError.badRequest(
                        "Send at most %d headers.".formatted(RequestChecks.MAX_HEADERS)));
    }

    private static Publisher<Void> refuse(
            HttpServerResponse response, int status, ChatError error) {
        return HttpApi.write(response, new HttpApi.Answer(status, WireErrors.refused(error), null));
    }
}
