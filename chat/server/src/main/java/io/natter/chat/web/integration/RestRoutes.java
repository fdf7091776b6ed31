package io.natter.chat.web.integration;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.integration.BotStore;
import io.natter.chat.domain.integration.Secret;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Session;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireErrors;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The routes of `/api/v1`. A request counts by its bearer token alone: cookies are not looked at,
/// so no page of another site can use them.
public final class RestRoutes {
    private static final String PREFIX = "/api/v1/";
    private static final String BEARER = "bearer ";
    private static final String FILES = PREFIX + "files";

    private final HttpApi api;
    private final BotStore bots;
    private final ApiRequests requests;
    private final RestFiles files;
    private final List<Route> routes = new ArrayList<>();

    private record Route(
            String method, List<String> template, Function<RestCall, HttpApi.Answer> handler) {

        /// The values of the braces; null when the path is another one.
        @Nullable Map<String, String> match(List<String> path) {
            if (path.size() != template.size()) {
                return null;
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String part = template.get(i);
                if (part.startsWith("{")) {
                    values.put(part.substring(1, part.length() - 1), path.get(i));
                } else if (!part.equals(path.get(i))) {
                    return null;
                }
            }
            return values;
        }
    }

    public RestRoutes(
            HttpApi api, BotStore bots, ApiRequests requests, RestApi rest, RestFiles files) {
        this.api = api;
        this.bots = bots;
        this.requests = requests;
        this.files = files;
        String message = "rooms/{room}/messages/{seq}";
        String reaction = message + "/reactions/{emoji}";
        add("GET", "me", rest::me);
        add("GET", "rooms", rest::rooms);
        add("GET", "rooms/{room}", rest::room);
        add("GET", "rooms/{room}/members", rest::members);
        add("GET", "rooms/{room}/messages", rest::messages);
        add("POST", "rooms/{room}/messages", rest::send);
        add("GET", message, rest::message);
        add("PATCH", message, rest::edit);
        add("DELETE", message, rest::delete);
        add("PUT", reaction, rest::react);
        add("DELETE", reaction, rest::unreact);
    }

    private void add(String method, String path, Function<RestCall, HttpApi.Answer> handler) {
        routes.add(new Route(method, List.of(path.split("/", -1)), handler));
    }

    /// All operations, such as `GET /api/v1/me`.
    public List<String> operations() {
        List<String> all = new ArrayList<>(List.of("POST " + FILES, "GET " + FILES + "/{file}"));
        for (Route route : routes) {
            all.add(route.method() + " " + PREFIX + String.join("/", route.template()));
        }
        return all;
    }

    public boolean takes(String path) {
        return path.startsWith(PREFIX.substring(1)) || path.equals("api/v1");
    }

    public Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder address = new QueryStringDecoder(request.uri());
        String method = request.method().name();
        String path = address.rawPath();
        HttpApi.Call head =
                new HttpApi.Call(request.requestHeaders(), new byte[0], request.remoteAddress());
        Mono<Person> bot = api.blocking(() -> bot(head));
        if (path.equals(FILES) && method.equals("POST")) {
            String name = address.parameters().getOrDefault("name", List.of("")).getFirst();
            return answered(response, bot.flatMap(each -> files.upload(each, name, request)));
        }
        if (path.startsWith(FILES + "/") && method.equals("GET")) {
            String id = path.substring(FILES.length() + 1);
            return bot.map(each -> files.download(each, id, request, response))
                    .onErrorResume(e -> Mono.just(write(response, RestErrors.answer(e))))
                    .flatMap(Mono::from);
        }
        List<String> parts = parts(path);
        List<String> allowed = new ArrayList<>();
        for (Route route : routes) {
            Map<String, String> values = route.match(parts);
            if (values != null && route.method().equals(method)) {
                return answered(
                        response,
                        bot.flatMap(
                                each -> run(route, each, values, address.parameters(), request)));
            }
            if (values != null) {
                allowed.add(route.method());
            }
        }
        return answered(response, bot.map(_ -> refuse(allowed, response)));
    }

    private Mono<HttpApi.Answer> run(
            Route route,
            Person bot,
            Map<String, String> values,
            Map<String, List<String>> query,
            HttpServerRequest request) {
        return api.call(request, ChatEvents.MAX_FRAME, ChatError.bodyTooLarge())
                .map(call -> new RestCall(bot, call, values, query))
                .flatMap(call -> api.blocking(() -> route.handler().apply(call)));
    }

    private static HttpApi.Answer refuse(List<String> allowed, HttpServerResponse response) {
        if (allowed.isEmpty()) {
            return HttpApi.Answer.refused(404, ChatError.unknown("address"));
        }
        String methods = String.join(", ", allowed);
        response.header(HttpHeaderNames.ALLOW, methods);
        return HttpApi.Answer.refused(
                405, ChatError.badRequest("Use one of " + methods + " for this."));
    }

    private static List<String> parts(String path) {
        return path.startsWith(PREFIX)
                ? List.of(path.substring(PREFIX.length()).split("/", -1)).stream()
                        // A plus is itself in a path.
                        .map(part -> part.replace("+", "%2B"))
                        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                        .collect(Collectors.toList())
                : List.of();
    }

    /// The bot whose token a request carries.
    ///
    /// @throws io.natter.chat.domain.ChatException with `token_unknown`
    private Person bot(HttpApi.Call call) {
        Optional<Session> found = token(call.headers()).flatMap(bots::open);
        if (found.isEmpty()) {
            requests.limit(call);
            throw ChatError.tokenUnknown().exception();
        }
        return found.get().person();
    }

    private static Optional<Secret> token(HttpHeaders headers) {
        String given = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        return given.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Secret.parse(given.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static Publisher<Void> answered(
            HttpServerResponse response, Mono<HttpApi.Answer> answer) {
        return answer.onErrorResume(failure -> Mono.just(RestErrors.answer(failure)))
                .flatMap(made -> Mono.from(write(response, made)));
    }

    private static Publisher<Void> write(HttpServerResponse response, HttpApi.Answer answer) {
        if (answer.status() == 401) {
            response.header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (answer.json() instanceof WireErrors.Refused refused) {
            Long wait = refused.err().retryAfterMs();
            if (wait != null) {
                long seconds = Math.ceilDiv(wait, 1000L);
                response.header(HttpHeaderNames.RETRY_AFTER, Long.toString(seconds));
            }
        }
        return HttpApi.write(response, answer);
    }
}
