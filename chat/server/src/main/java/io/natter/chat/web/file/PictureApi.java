package io.natter.chat.web.file;

import io.natter.chat.access.Limits;
import io.natter.chat.access.PersonLimits;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Picture;
import io.natter.chat.domain.person.PictureStore;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.files.FileContent;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.web.http.SecurityHeaders;
import io.natter.chat.wire.WireAccounts;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// `/api/picture`, which sets and removes the picture of a person, and `/pictures`, which serves
/// them.
public final class PictureApi {
    /// The most bytes of a picture that comes; the page sends a small square.
    public static final int MAX = 1 << 20;

    private static final String API = "api/picture";
    private static final Pattern ADDRESS = Pattern.compile("pictures/([A-Za-z0-9_-]{22})(/small)?");

    private final HttpApi api;
    private final PictureStore pictures;
    private final ApiRequests requests;
    private final Limits limits;
    private final FileContent content = new FileContent();

    /// Pictures that are in memory at the same time.
    private final Semaphore bodies = new Semaphore(32);

    public PictureApi(HttpApi api, PictureStore pictures, ApiRequests requests, Limits limits) {
        this.api = api;
        this.pictures = pictures;
        this.requests = requests;
        this.limits = limits;
    }

    public boolean takes(String path) {
        return path.equals(API) || path.startsWith("pictures/");
    }

    public Publisher<Void> serve(
            String path, HttpServerRequest request, HttpServerResponse response) {
        String method = request.method().name();
        if (!path.equals(API)) {
            return method.equals("GET") || method.equals("HEAD")
                    ? download(path, request, response)
                    : FileRoutes.notAllowed(response, "GET, HEAD");
        }
        return switch (method) {
            case "PUT" -> upload(request, response);
            case "DELETE" -> api.run("DELETE /api/picture", request, response, this::remove);
            default -> FileRoutes.notAllowed(response, "PUT, DELETE");
        };
    }

    /// The person is known before the body is read.
    private Publisher<Void> upload(HttpServerRequest request, HttpServerResponse response) {
        return api.answered(
                response,
                api.blocking(() -> sender(head(request)))
                        .flatMap(
                                person ->
                                        Mono.using(
                                                () -> FileRoutes.reserve(bodies),
                                                _ -> upload(person, request),
                                                _ -> bodies.release())));
    }

    private Mono<HttpApi.Answer> upload(Person person, HttpServerRequest request) {
        return api.call(request, MAX, ChatError.partTooLarge(MAX))
                .flatMap(call -> api.blocking(() -> set(person, call.body())));
    }

    private Person sender(HttpApi.Call call) {
        requests.checkOwnPage(call.headers());
        Person person = requests.session(call).person();
        limits.of(person.id()).require(PersonLimits.Kind.FILE);
        return person;
    }

    private HttpApi.Answer set(Person person, byte[] body) throws IOException {
        return profile(pictures.set(person, content.picture(body)));
    }

    private HttpApi.Answer remove(HttpApi.Call call) {
        requests.checkOwnPage(call.headers());
        return profile(pictures.remove(requests.session(call).person()));
    }

    private static HttpApi.Answer profile(CompletableFuture<Profile> changed) {
        return HttpApi.Answer.ok(
                new WireAccounts.OneProfile(true, WireAccounts.profile(changed.join())), null);
    }

    private static HttpApi.Call head(HttpServerRequest request) {
        return new HttpApi.Call(request.requestHeaders(), new byte[0], request.remoteAddress());
    }

    private Publisher<Void> download(
            String path, HttpServerRequest request, HttpServerResponse response) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        return api.blocking(() -> find(path, head(request)))
                .map(picture -> send(path, picture, head, request, response))
                .onErrorResume(
                        failure -> Mono.just(HttpApi.write(response, HttpApi.answer(failure))))
                .flatMap(Mono::from);
    }

    private Picture find(String path, HttpApi.Call call) {
        Matcher address = ADDRESS.matcher(path);
        requests.session(call);
        return (address.matches() ? pictures.find(address.group(1)) : Optional.<Picture>empty())
                .orElseThrow(() -> ChatError.fileUnknown().exception());
    }

    /// The bytes of an address never change, so browsers keep them for a week without asking.
    private static Publisher<Void> send(
            String path,
            Picture picture,
            boolean head,
            HttpServerRequest request,
            HttpServerResponse response) {
        HttpHeaders headers = response.responseHeaders();
        SecurityHeaders.apply(headers);
        headers.set("Content-Security-Policy", FileHeaders.CONTENT_SECURITY_POLICY);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "private, max-age=604800, immutable");
        String etag = '"' + path.substring(path.indexOf('/') + 1) + '"';
        headers.set(HttpHeaderNames.ETAG, etag);
        headers.set(HttpHeaderNames.CONTENT_TYPE, picture.type());
        if (etag.equals(request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return response.status(304).send();
        }
        byte[] bytes = path.endsWith("/small") ? picture.small() : picture.content();
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
        return head ? response.send() : response.sendByteArray(Mono.just(bytes));
    }
}
