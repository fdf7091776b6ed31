package io.natter.chat.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.chat.web.http.SecurityHeaders;
import io.natter.host.HttpCompression;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The page and its files, from the class path below `web/`. Files below `assets/` have a hash of
/// their content in their name, and browsers keep them forever. Browsers ask for all others each
/// time, and mostly get 304. Each file is read and compressed once. The addresses of rooms, people
/// and messages are answered with the page, which opens them.
///
/// Reactor Netty's own `directory` reads from the file system and knows neither `ETag` nor
/// compressed files.
final class PageServer {
    private static final Pattern PATH =
            // Ends with a file's extension: a folder on the class path would list its files.
            // Possessive loops: others of groups take stack for each round.
            Pattern.compile("(?:[A-Za-z0-9_-]+/)*+[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)++");

    /// `/r/ROOM`, `/r/ROOM/MESSAGE`, `/d/PERSON`, `/d/PERSON/MESSAGE`, `/mentions`, `/search`,
    /// `/saved`, `/scheduled` and `/admin`.
    private static final Pattern PLACE =
            Pattern.compile("(?:[rd]/[^/]+(?:/[0-9]+)?|mentions|search|saved|scheduled|admin)");

    private static final String INDEX = "index.html";

    private static final String NOT_BUILT =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Natter: the page is missing</title>
            <h1>The server runs, but its page was not built</h1>
            <p>Start it with <code>bin/chat</code>, which builds the page, or build it by hand with
            <code>npm ci &amp;&amp; npm run build</code> in <code>chat/ui</code> and build the jar
            again.</p>
            </html>
            """;

    private final ClassLoader classes;
    private final String root;
    private final String basePath;
    private final ConcurrentMap<String, Asset> assets = new ConcurrentHashMap<>();

    /// @param basePath the path below which browsers reach the page, as in `/chat`; empty for `/`
    PageServer(String basePath) {
        this(PageServer.class.getClassLoader(), "web/", basePath);
    }

    PageServer(ClassLoader classes, String root) {
        this(classes, root, "");
    }

    PageServer(ClassLoader classes, String root, String basePath) {
        this.classes = classes;
        this.root = root;
        this.basePath = basePath;
    }

    String basePath() {
        return basePath;
    }

    /// Whether there is a page to serve.
    boolean built() {
        return load(INDEX).isPresent();
    }

    Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        String path = request.path(); // decoded by nobody: a % is never part of our names
        boolean index =
                path.isEmpty() || path.equals("index.html") || PLACE.matcher(path).matches();
        Optional<Asset> found = index ? Optional.of(index()) : find(path);
        if (found.isEmpty()) {
            SecurityHeaders.apply(response.responseHeaders());
            response.status(HttpResponseStatus.NOT_FOUND)
                    .header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            return response.sendString(Mono.just("There is nothing at this address.\n"));
        }
        return send(found.get(), path.startsWith("assets/"), request, response);
    }

    /// The page with the addresses of its files. They are relative in the build, which knows no
    /// base path, and the page is at addresses of different depth. `data-base` tells it to its
    /// script.
    private byte[] placed(byte[] page) {
        String placed = new String(page, UTF_8).replace("=\"./", "=\"" + basePath + "/");
        return (basePath.isEmpty()
                        ? placed
                        : placed.replaceFirst(
                                "<html(?= |>)",
                                Matcher.quoteReplacement("<html data-base=\"" + basePath + "\"")))
                .getBytes(UTF_8);
    }

    private Asset index() {
        return load(INDEX).orElseGet(() -> Asset.html(NOT_BUILT));
    }

    private Optional<Asset> find(String path) {
        return PATH.matcher(path).matches() ? load(path) : Optional.empty();
    }

    private Optional<Asset> load(String path) {
        Asset known = assets.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try (@Nullable InputStream in = classes.getResourceAsStream(root + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = in.readAllBytes();
            Asset asset = Asset.of(path, path.equals(INDEX) ? placed(content) : content);
            assets.put(path, asset); // only what exists, so the map is bounded by the jar
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Publisher<Void> send(
            Asset asset, boolean hashed, HttpServerRequest request, HttpServerResponse response) {
        SecurityHeaders.apply(response.responseHeaders());
        response.header(
                        HttpHeaderNames.CACHE_CONTROL,
                        hashed ? "public, max-age=31536000, immutable" : "no-cache")
                .header(HttpHeaderNames.ETAG, asset.etag())
                .header(HttpHeaderNames.VARY, "Accept-Encoding");
        if (asset.etag().equals(request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return response.status(HttpResponseStatus.NOT_MODIFIED).send();
        }
        response.header(HttpHeaderNames.CONTENT_TYPE, asset.type());
        byte @Nullable [] gzip = asset.gzip();
        byte[] body = asset.plain();
        String accepted = request.requestHeaders().get(HttpHeaderNames.ACCEPT_ENCODING);
        if (gzip != null && HttpCompression.GZIP.isAcceptedBy(accepted)) {
            response.header(HttpHeaderNames.CONTENT_ENCODING, "gzip");
            body = gzip;
        }
        response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return response.sendByteArray(Mono.just(body));
    }
}
