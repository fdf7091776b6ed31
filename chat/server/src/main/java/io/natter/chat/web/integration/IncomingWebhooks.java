package io.natter.chat.web.integration;

import io.natter.chat.access.Limits;
import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.integration.IncomingWebhook;
import io.natter.chat.domain.integration.Secret;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.web.http.SecurityHeaders;
import io.natter.chat.webhooks.IncomingText;
import io.natter.chat.wire.WireJson;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// `POST /hooks/SECRET`: a program writes into a room. The answers are the words of Slack, so
/// programs that know its incoming webhooks understand them.
public final class IncomingWebhooks {
    public static final String OPERATION = "POST /hooks/{secret}";
    private static final String PREFIX = "hooks/";

    private final HttpApi api;
    private final ChatStore store;
    private final ApiRequests requests;
    private final Limits limits;

    public IncomingWebhooks(HttpApi api, ChatStore store, ApiRequests requests, Limits limits) {
        this.api = api;
        this.store = store;
        this.requests = requests;
        this.limits = limits;
    }

    private record Answer(int status, String text, long retryAfterMs) {
        static Answer of(int status, String text) {
            return new Answer(status, text, 0);
        }
    }

    public boolean takes(String path) {
        return path.startsWith(PREFIX);
    }

    public Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        if (!request.method().name().equals("POST")) {
            response.header(HttpHeaderNames.ALLOW, "POST");
            return write(response, Answer.of(405, "use_post"));
        }
        String secret = request.path().substring(PREFIX.length());
        return api.call(request, ChatEvents.MAX_FRAME, ChatError.bodyTooLarge())
                .flatMap(call -> api.blocking(() -> post(secret, call)))
                .onErrorResume(failure -> Mono.just(refusal(failure)))
                .flatMap(answer -> Mono.from(write(response, answer)));
    }

    private Answer post(String secret, HttpApi.Call call) {
        IncomingWebhook webhook = Secret.parse(secret).flatMap(store.webhooks()::find).orElse(null);
        if (webhook == null) {
            requests.limit(call);
            return Answer.of(404, "no_service");
        }
        limits.of(webhook.person().id()).require(Kind.MESSAGE);
        String text;
        try {
            text = text(call, webhook.person().name());
        } catch (JacksonException _) {
            return Answer.of(400, "invalid_payload");
        }
        if (text.isBlank()) {
            return Answer.of(400, "no_text");
        }
        Draft draft = Draft.of(webhook.room(), webhook.person(), RandomId.next(), text);
        var _ = store.messages().post(draft).join();
        return Answer.of(200, "ok");
    }

    private static String text(HttpApi.Call call, String sender) {
        String type = call.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        String body = new String(call.body(), StandardCharsets.UTF_8);
        if (type.startsWith("text/plain")) {
            return IncomingText.shortened(body);
        }
        if (type.startsWith("application/x-www-form-urlencoded")) {
            Map<String, List<String>> form = new QueryStringDecoder(body, false).parameters();
            List<String> payload = form.get("payload");
            return IncomingText.of(
                    payload == null ? fields(form) : read(payload.getFirst()), sender);
        }
        return IncomingText.of(read(body), sender);
    }

    private static JsonNode read(String json) {
        return WireJson.JSON.readTree(json);
    }

    /// The fields of a form that has no payload.
    private static JsonNode fields(Map<String, List<String>> form) {
        var object = JsonNodeFactory.instance.objectNode();
        form.forEach((name, values) -> object.put(name, values.getFirst()));
        return object;
    }

    private static Answer refusal(Throwable failure) {
        // The words of Slack; whatever failed is logged without the address.
        ChatError error = ChatError.of(failure);
        return switch (error.code()) {
            case "text_empty" -> Answer.of(400, "no_text");
            case "room_unknown", "banned" -> Answer.of(404, "channel_not_found");
            case "room_archived" -> Answer.of(410, "channel_is_archived");
            case "body_too_large" -> Answer.of(413, "too_large");
            case "rate", "slow_mode" ->
                    new Answer(429, "rate_limited", error.retryAfterMs().orElse(1000));
            default -> {
                boolean expected =
                        failure instanceof ChatException || failure instanceof CompletionException;
                int status = HttpApi.answer(failure).status();
                yield Answer.of(expected ? status : 500, error.code());
            }
        };
    }

    private static Publisher<Void> write(HttpServerResponse response, Answer answer) {
        SecurityHeaders.apply(response.responseHeaders());
        response.status(answer.status())
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        if (answer.retryAfterMs() > 0) {
            long seconds = Math.ceilDiv(answer.retryAfterMs(), 1000L);
            response.header(HttpHeaderNames.RETRY_AFTER, Long.toString(seconds));
        }
        if (answer.status() == 413) {
            response.header(HttpHeaderNames.CONNECTION, "close");
        }
        return response.sendString(Mono.just(answer.text()));
    }
}
