package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
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
final class HttpApi {
    private static final Logger log = LoggerFactory.getLogger(HttpApi.class);
    private static final Executor VIRTUAL = Thread::startVirtualThread;

    private final Scheduler blocking = Schedulers.fromExecutor(VIRTUAL);

    /// @param body at most [ChatEvents#MAX_FRAME] bytes
    record Call(HttpHeaders headers, byte[] body, @Nullable InetSocketAddress from) {}

    /// @param json what is written as the body, null for none
    record Answer(int status, @Nullable Object json, @Nullable String cookie) {
        static Answer ok(Object json, String cookie) {
            return new Answer(200, json, cookie);
        }

        static Answer empty(String cookie) {
            return new Answer(204, null, cookie);
        }

        static Answer refused(ChatError error) {
            return new Answer(status(error), Wire.refused(error), null);
        }

        private static int status(ChatError error) {
            return switch (error.code()) {
                case "no_session" -> 401;
                case "foreign_origin" -> 403;
                case "unknown" -> 404;
                case "name_taken" -> 409;
                case "body_too_large" -> 413;
                case "rate" -> 429;
                case "storage", "busy" -> 503;
                case "internal" -> 500;
                default -> 400;
            };
        }
    }

    Publisher<Void> run(
            HttpServerRequest request,
            HttpServerResponse response,
            Function<Call, Answer> handler) {
        return body(request.receive())
                .map(body -> new Call(request.requestHeaders(), body, request.remoteAddress()))
                .flatMap(call -> Mono.fromCallable(() -> handler.apply(call)).subscribeOn(blocking))
                .onErrorResume(failure -> Mono.just(answer(failure)))
                .flatMap(answer -> Mono.from(write(response, answer)));
    }

    private static Answer answer(Throwable failure) {
        ChatError error = ChatError.of(failure);
        if (error.code().equals("internal")) {
            log.error("A request failed", failure);
        }
        return Answer.refused(error);
    }

    /// The whole body, or `body_too_large` as soon as it is.
    private static Mono<byte[]> body(Flux<ByteBuf> content) {
        return content.reduceWith(
                        ByteArrayOutputStream::new,
                        (body, piece) -> {
                            if (body.size() + piece.readableBytes() > ChatEvents.MAX_FRAME) {
                                throw tooLarge();
                            }
                            byte[] bytes = new byte[piece.readableBytes()];
                            piece.getBytes(piece.readerIndex(), bytes);
                            body.writeBytes(bytes);
                            return body;
                        })
                .map(ByteArrayOutputStream::toByteArray);
    }

    private static ChatException tooLarge() {
        return ChatError.bodyTooLarge().exception();
    }

    static Publisher<Void> write(HttpServerResponse response, Answer answer) {
        SecurityHeaders.apply(response.responseHeaders());
        response.status(answer.status()).header(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (answer.cookie() != null) {
            response.header(HttpHeaderNames.SET_COOKIE, answer.cookie());
        }
        if (answer.status() == 413) {
            // The rest of the body is not worth reading.
            response.header(HttpHeaderNames.CONNECTION, "close");
        }
        if (answer.json() == null) {
            return response.send();
        }
        byte[] json = Wire.JSON.writeValueAsBytes(answer.json());
        response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(json.length));
        return response.sendByteArray(Mono.just(json));
    }
}
