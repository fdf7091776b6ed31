package io.natter.chat.web.http;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.log.WithoutMessages;
import io.natter.chat.watch.Operations;
import io.natter.chat.wire.WireErrors;
import io.natter.chat.wire.WireJson;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// Runs a JSON call on a virtual thread and writes what it answers or throws.
public final class HttpApi {
    private static final Logger log = LoggerFactory.getLogger(HttpApi.class);
    private static final Executor VIRTUAL = Thread::startVirtualThread;

    private final Duration patience;
    private final Operations operations;
    private final Scheduler blocking = Schedulers.fromExecutor(VIRTUAL);

    /// Makes a runner of requests.
    ///
    /// @param patience how long a request's body may take to arrive
    public HttpApi(Duration patience, Operations operations) {
        this.patience = patience;
        this.operations = operations;
    }

    /// A request with its whole body.
    ///
    /// @param body at most [ChatEvents#MAX_FRAME] bytes, or those of a part of a file
    public record Call(HttpHeaders headers, byte[] body, @Nullable InetSocketAddress from) {}

    /// The answer to a request.
    ///
    /// @param json what is written as the body, null for none
    public record Answer(int status, @Nullable Object json, @Nullable String cookie) {
        public static Answer ok(Object json, @Nullable String cookie) {
            return new Answer(200, json, cookie);
        }

        public static Answer empty(String cookie) {
            return new Answer(204, null, cookie);
        }

        public static Answer refused(ChatError error) {
            return refused(status(error), error);
        }

        public static Answer refused(int status, ChatError error) {
            return new Answer(status, WireErrors.refused(error), null);
        }

        private static int status(ChatError error) {
            return switch (error.code()) {
                case "no_session" -> 401;
                case "foreign_origin",
                        "wrong_password",
                        "banned",
                        "guests_refused",
                        "invite_needed",
                        "setup_done",
                        "muted",
                        "quota",
                        "forbidden",
                        "passkey_refused",
                        "confirm_needed",
                        "openid_only",
                        "identity_refused",
                        "no_account" ->
                        403;
                case "unknown",
                        "invite_unknown",
                        "session_unknown",
                        "file_unknown",
                        "method_unknown",
                        "bot_unknown",
                        "webhook_unknown" ->
                        404;
                case "name_taken", "account_exists", "passkey_known", "identity_taken" -> 409;
                case "request_timeout" -> 408;
                case "body_too_large", "file_too_large", "image_too_large" -> 413;
                case "rate" -> 429;
                case "storage", "busy", "disk_full", "provider_away" -> 503;
                case "internal" -> 500;
                default -> 400;
            };
        }
    }

    /// Reads a request, runs an operation on it, and writes its answer.
    ///
    /// @param kind the name of the operation, such as `POST /api/login`
    public Publisher<Void> run(
            String kind,
            HttpServerRequest request,
            HttpServerResponse response,
            Function<Call, Answer> handler) {
        return answered(
                response,
                call(request, ChatEvents.MAX_FRAME, ChatError.bodyTooLarge())
                        .flatMap(call -> measured(kind, () -> handler.apply(call))));
    }

    /// As [#blocking], for an operation that a client asked for.
    public <T> Mono<T> measured(String kind, Callable<T> operation) {
        return blocking(() -> operations.measure(kind, operation));
    }

    /// The request with its whole body.
    ///
    /// @param most bytes of the body
    /// @param tooLarge what a larger one is refused with
    public Mono<Call> call(HttpServerRequest request, int most, ChatError tooLarge) {
        return body(request.receive(), most, tooLarge)
                .timeout(patience)
                .onErrorMap(HttpApi::brokeOff)
                .map(body -> new Call(request.requestHeaders(), body, request.remoteAddress()));
    }

    /// Writes the answer, or what its making failed with.
    public Publisher<Void> answered(HttpServerResponse response, Mono<Answer> answer) {
        return answer.onErrorResume(failure -> Mono.just(answer(failure)))
                .flatMap(made -> Mono.from(write(response, made)));
    }

    /// Asks something that may block, on a virtual thread.
    public <T> Mono<T> blocking(Callable<T> question) {
        return Mono.fromCallable(question).subscribeOn(blocking);
    }

    public static Answer answer(Throwable failure) {
        ChatError error = ChatError.of(failure);
        if (error.code().equals("internal")) {
            log.error("A request failed", WithoutMessages.of(failure));
        }
        return Answer.refused(error);
    }

    /// The whole body, or `body_too_large` as soon as it is.
    private static Mono<byte[]> body(Flux<ByteBuf> content, int most, ChatError tooLarge) {
        return content.reduceWith(
                        ByteArrayOutputStream::new,
                        (body, piece) -> {
                            if (body.size() + piece.readableBytes() > most) {
                                throw tooLarge.exception();
                            }
                            byte[] bytes = new byte[piece.readableBytes()];
                            piece.getBytes(piece.readerIndex(), bytes);
                            body.writeBytes(bytes);
                            return body;
                        })
                .map(ByteArrayOutputStream::toByteArray);
    }

    /// A fault that a client causes in its own request is no failure of the server.
    private static Throwable brokeOff(Throwable failure) {
        if (failure instanceof ChatException) {
            return failure;
        }
        return failure instanceof TimeoutException
                ? ChatError.requestTimeout().exception()
                : ChatError.badRequest("The request broke off.").exception();
    }

    public static Publisher<Void> write(HttpServerResponse response, Answer answer) {
        SecurityHeaders.apply(response.responseHeaders());
        response.status(answer.status()).header(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (answer.cookie() != null) {
            response.header(HttpHeaderNames.SET_COOKIE, answer.cookie());
        }
        if (answer.status() == 413 || answer.status() == 408) {
            // The rest of the body is not worth reading.
            response.header(HttpHeaderNames.CONNECTION, "close");
        }
        if (answer.json() == null) {
            return response.send();
        }
        byte[] json = WireJson.JSON.writeValueAsBytes(answer.json());
        response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(json.length));
        return response.sendByteArray(Mono.just(json));
    }
}
