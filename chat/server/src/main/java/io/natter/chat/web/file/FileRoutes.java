package io.natter.chat.web.file;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.file.OpenFile;
import io.natter.chat.domain.person.Person;
import io.natter.chat.web.http.HttpApi;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The requests of `/api/files` and `/files`.
public final class FileRoutes {
    private static final String UPLOADS = "api/files";
    private static final String FILES = "files/";
    private static final String PREVIEW = "/preview";
    private static final Duration BUSY = Duration.ofSeconds(2);

    /// Parts that are in memory at the same time, at most [FileApi#MAX_PART] bytes each.
    private final Semaphore parts = new Semaphore(64);

    private final HttpApi api;
    private final FileApi files;

    public FileRoutes(HttpApi api, FileApi files) {
        this.api = api;
        this.files = files;
    }

    public boolean takes(String path) {
        return path.equals(UPLOADS) || path.startsWith(UPLOADS + "/") || path.startsWith(FILES);
    }

    public Publisher<Void> serve(
            String path, HttpServerRequest request, HttpServerResponse response) {
        if (path.startsWith(FILES)) {
            return download(path.substring(FILES.length()), request, response);
        }
        String method = request.method().name();
        if (path.equals(UPLOADS)) {
            return method.equals("POST")
                    ? api.run("POST /api/files", request, response, files::begin)
                    : notAllowed(response, "POST");
        }
        String id = path.substring(UPLOADS.length() + 1);
        return switch (method) {
            case "GET" ->
                    api.run("GET /api/files", request, response, call -> files.state(call, id));
            case "DELETE" ->
                    api.run("DELETE /api/files", request, response, call -> files.cancel(call, id));
            case "PATCH" -> append(id, request, response);
            default -> notAllowed(response, "GET, PATCH, DELETE");
        };
    }

    static Publisher<Void> notAllowed(HttpServerResponse response, String methods) {
        response.header(HttpHeaderNames.ALLOW, methods);
        return HttpApi.write(
                response,
                HttpApi.Answer.refused(405, ChatError.badRequest("Use " + methods + " for this.")));
    }

    /// The sender is known before the body is read, and only so many bodies are in memory.
    private Publisher<Void> append(
            String id, HttpServerRequest request, HttpServerResponse response) {
        HttpApi.Call head =
                new HttpApi.Call(request.requestHeaders(), new byte[0], request.remoteAddress());
        return api.answered(
                response,
                api.blocking(() -> files.sender(head))
                        .flatMap(
                                person ->
                                        Mono.using(
                                                () -> reserve(parts),
                                                _ -> append(person, id, request),
                                                _ -> parts.release())));
    }

    private Mono<HttpApi.Answer> append(Person person, String id, HttpServerRequest request) {
        return api.call(request, FileApi.MAX_PART, ChatError.partTooLarge(FileApi.MAX_PART))
                .flatMap(
                        call ->
                                api.measured(
                                        "PATCH /api/files", () -> files.append(person, call, id)));
    }

    static Semaphore reserve(Semaphore bodies) {
        if (!bodies.tryAcquire()) {
            throw ChatError.busy(BUSY).exception();
        }
        return bodies;
    }

    private Publisher<Void> download(
            String path, HttpServerRequest request, HttpServerResponse response) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (!head && !request.method().equals(HttpMethod.GET)) {
            return notAllowed(response, "GET, HEAD");
        }
        boolean preview = path.endsWith(PREVIEW);
        String id = preview ? path.substring(0, path.length() - PREVIEW.length()) : path;
        HttpApi.Call call =
                new HttpApi.Call(request.requestHeaders(), new byte[0], request.remoteAddress());
        return api.measured("GET /files", () -> files.open(call, id, preview))
                .map(file -> send(file, id, preview, head, request, response))
                .onErrorResume(
                        failure -> Mono.just(HttpApi.write(response, HttpApi.answer(failure))))
                .flatMap(Mono::from);
    }

    public static Publisher<Void> send(
            OpenFile file,
            String id,
            boolean preview,
            boolean head,
            HttpServerRequest request,
            HttpServerResponse response) {
        // The bytes of an id never change.
        String etag = '"' + id + (preview ? "-p" : "") + '"';
        FileHeaders.apply(response.responseHeaders(), file, etag);
        if (etag.equals(request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return response.status(304).send();
        }
        FileHeaders.Part part =
                FileHeaders.part(request.requestHeaders().get(HttpHeaderNames.RANGE), file.bytes());
        if (part == null) {
            response.header(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.bytes());
            return response.status(416).header(HttpHeaderNames.CONTENT_LENGTH, "0").send();
        }
        if (!part.whole()) {
            response.status(206)
                    .header(
                            HttpHeaderNames.CONTENT_RANGE,
                            "bytes %d-%d/%d"
                                    .formatted(
                                            part.from(),
                                            part.from() + part.length() - 1,
                                            file.bytes()));
        }
        response.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(part.length()));
        return head ? response.send() : response.sendFile(file.path(), part.from(), part.length());
    }
}
