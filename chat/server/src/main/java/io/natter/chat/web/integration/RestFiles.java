package io.natter.chat.web.integration;

import io.natter.chat.access.Limits;
import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.file.NewUpload;
import io.natter.chat.domain.file.Upload;
import io.natter.chat.domain.person.Person;
import io.natter.chat.web.file.FileApi;
import io.natter.chat.web.file.FileRoutes;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.wire.WireFiles;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The files of bots: an upload is one request, which is stored in parts as it arrives.
public final class RestFiles {
    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");

    /// Uploads at the same time, each with at most two parts in memory.
    private final Semaphore uploads = new Semaphore(16);

    private final HttpApi api;
    private final FileStore files;
    private final Limits limits;

    public RestFiles(HttpApi api, FileStore files, Limits limits) {
        this.api = api;
        this.files = files;
        this.limits = limits;
    }

    /// `POST /api/v1/files?name=NAME` with the bytes as its body.
    Mono<HttpApi.Answer> upload(Person bot, String name, HttpServerRequest request) {
        String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH, "");
        if (!DIGITS.matcher(length).matches() || name.isEmpty()) {
            throw ChatError.badRequest(
                            "Send the bytes of the file with Content-Length, and its name as ?name=NAME.")
                    .exception();
        }
        NewUpload wanted = NewUpload.of(RandomId.next(), name, Long.parseLong(length));
        limits.of(bot.id()).require(Kind.FILE);
        return Mono.using(
                this::reserve,
                _ ->
                        api.blocking(() -> files.begin(bot, wanted))
                                .flatMap(begun -> receive(bot, begun, request)),
                _ -> uploads.release());
    }

    private Semaphore reserve() {
        if (!uploads.tryAcquire()) {
            throw ChatError.busy(BUSY).exception();
        }
        return uploads;
    }

    private Mono<HttpApi.Answer> receive(Person bot, Upload begun, HttpServerRequest request) {
        Parts parts = new Parts();
        long[] offset = {0};
        return Flux.concat(
                        request.receive().asByteArray().concatMapIterable(parts::add, 1),
                        Flux.defer(parts::rest))
                .concatMap(
                        part ->
                                api.blocking(
                                        () -> {
                                            Upload now =
                                                    files.append(bot, begun.id(), offset[0], part);
                                            offset[0] = now.offset();
                                            return now;
                                        }),
                        1)
                .last()
                .filter(upload -> upload.file() != null)
                .switchIfEmpty(
                        Mono.error(() -> ChatError.badRequest("The file broke off.").exception()))
                .map(upload -> new HttpApi.Answer(201, WireFiles.state(upload), null));
    }

    /// Makes parts of [FileApi#MAX_PART] bytes of what arrives.
    private static final class Parts {
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

        List<byte[]> add(byte[] bytes) {
            List<byte[]> whole = new ArrayList<>();
            int from = 0;
            while (waiting.size() + bytes.length - from >= FileApi.MAX_PART) {
                int taken = FileApi.MAX_PART - waiting.size();
                waiting.write(bytes, from, taken);
                from += taken;
                whole.add(waiting.toByteArray());
                waiting.reset();
            }
            waiting.write(bytes, from, bytes.length - from);
            return whole;
        }

        Mono<byte[]> rest() {
            return waiting.size() == 0 ? Mono.empty() : Mono.just(waiting.toByteArray());
        }
    }

    /// `GET /api/v1/files/ID`.
    Publisher<Void> download(
            Person bot, String id, HttpServerRequest request, HttpServerResponse response) {
        if (!ID.matcher(id).matches()) {
            throw ChatError.fileUnknown().exception();
        }
        limits.of(bot.id()).require(Kind.LOOK);
        return FileRoutes.send(files.open(bot, id, false), id, false, false, request, response);
    }
}
