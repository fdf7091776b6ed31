package io.natter.socketio.bundle;

import io.natter.host.Cors;
import io.natter.host.Endpoint;
import io.natter.host.HttpCompression;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.UpgradeExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Serves the browser client below the path of a server: `/socket.io/socket.io.js` and seven more
/// files. All other requests go to the endpoint behind it. The files are those of npm
/// `socket.io-client`, put into the jar by the build. Any thread.
public final class ClientBundle implements Endpoint {
    private static final List<String> SCRIPTS =
            List.of(
                    "socket.io.js",
                    "socket.io.min.js",
                    "socket.io.esm.min.js",
                    "socket.io.msgpack.min.js");
    private static final String FOLDER = "META-INF/natter/client/";
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");
    private static final String ABSENT =
            "This server has no files of the browser client: its natter-socketio was built without"
                    + " them. Add them by a build with npm, or load the client from a CDN or from"
                    + " npm (`socket.io-client`).\n";

    private final String prefix;
    private final Endpoint next;
    private final @Nullable Cors cors;
    private final String folder;
    private final @Nullable String etag;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /// Serves the files of this build.
    ///
    /// @param path where the server is, as in `/socket.io`
    /// @param next gets all other requests
    /// @param cors puts its headers on every answer and answers `OPTIONS`, or null
    public ClientBundle(String path, Endpoint next, @Nullable Cors cors) {
        this(path, next, cors, FOLDER);
    }

    ClientBundle(String path, Endpoint next, @Nullable Cors cors, String folder) {
        this.prefix = path.endsWith("/") ? path : path + "/";
        this.next = next;
        this.cors = cors;
        this.folder = folder;
        this.etag = version(folder);
    }

    /// The version of the client, or null where its files are not in this build.
    public @Nullable String version() {
        return etag == null ? null : etag.substring(1, etag.length() - 1);
    }

    @Override
    public boolean matches(String path) {
        return isClient(path) || next.matches(path);
    }

    @Override
    public boolean matchesUpgrade(String path) {
        return next.matchesUpgrade(path);
    }

    /// Whether `path` is that of one of the eight files.
    public boolean isClient(String path) {
        if (!path.startsWith(prefix)) {
            return false;
        }
        var name = path.substring(prefix.length());
        return SCRIPTS.contains(
                name.endsWith(".map") ? name.substring(0, name.length() - 4) : name);
    }

    @Override
    public String served() {
        return next.served();
    }

    @Override
    public void http(HttpExchange exchange) {
        if (isClient(exchange.request().path())) {
            exchange.respond(answer(exchange.request()));
        } else {
            next.http(exchange);
        }
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        next.upgrade(exchange);
    }

    @Override
    public void close() {
        next.close();
    }

    /// The answer to a request for one of the files, whatever its method, as Node's server does.
    public HttpResponse answer(HttpRequest request) {
        if (cors != null && request.method().equals("OPTIONS") && !cors.preflightContinue()) {
            return cors.preflight(request);
        }
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        if (cors != null) {
            cors.apply(request, headers);
        }
        var name = request.path().substring(prefix.length());
        var tag = etag;
        var file = tag == null ? null : files.computeIfAbsent(name, this::load);
        if (tag == null || file == null || file.plain.length == 0) {
            headers.put("Content-Type", List.of("text/plain; charset=utf-8"));
            return new HttpResponse(404, headers, ABSENT.getBytes(StandardCharsets.UTF_8));
        }
        var known = request.header("if-none-match");
        if (tag.equals(known) || ("W/" + tag).equals(known)) {
            return new HttpResponse(304, headers, new byte[0]);
        }
        headers.put("Cache-Control", List.of("public, max-age=0"));
        headers.put("Content-Type", List.of(type(name)));
        headers.put("ETag", List.of(tag));
        var vary = headers.get("Vary");
        headers.put(
                "Vary",
                List.of(vary == null ? "Accept-Encoding" : vary.getFirst() + ", Accept-Encoding"));
        var accepted = request.header("accept-encoding");
        if (file.brotli.length > 0 && HttpCompression.prefersBrotli(accepted)) {
            headers.put("Content-Encoding", List.of("br"));
            return new HttpResponse(200, headers, file.brotli, true);
        }
        var coding = HttpCompression.preferred(accepted);
        if (coding != null) {
            headers.put("Content-Encoding", List.of(coding.token()));
        }
        return new HttpResponse(200, headers, file.in(coding), true);
    }

    private static String type(String name) {
        return name.endsWith(".map")
                ? "application/json; charset=utf-8"
                : "application/javascript; charset=utf-8";
    }

    private File load(String name) {
        return new File(resource(folder + name), resource(folder + name + ".br"));
    }

    private static @Nullable String version(String folder) {
        var found =
                VERSION.matcher(
                        new String(resource(folder + "package.json"), StandardCharsets.UTF_8));
        return found.find() ? '"' + found.group(1) + '"' : null;
    }

    /// The bytes of a resource; none where there is no such.
    private static byte[] resource(String name) {
        var loader = ClientBundle.class.getClassLoader();
        try (var in =
                loader == null
                        ? ClassLoader.getSystemResourceAsStream(name)
                        : loader.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /// A file and its compressed forms, each made when it is first asked for, but for Brotli, which
    /// the build makes.
    private static final class File {
        private final byte[] plain;
        private final byte[] brotli;
        private final Map<HttpCompression, byte[]> coded = new EnumMap<>(HttpCompression.class);

        File(byte[] plain, byte[] brotli) {
            this.plain = plain;
            this.brotli = brotli;
        }

        byte[] in(@Nullable HttpCompression coding) {
            if (coding == null) {
                return plain;
            }
            synchronized (coded) {
                return coded.computeIfAbsent(coding, c -> c.compress(plain));
            }
        }
    }
}
