package io.natter.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.Endpoint;
import io.natter.host.HttpCompression;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.UpgradeExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Serves the page of npm `@socket.io/admin-ui`, which the build has put into the jar, with its
/// font and icons. Any thread.
final class AdminPage implements Endpoint {
    private static final String FOLDER = "META-INF/natter/admin-ui/";

    /// Possessive loops: others of groups take stack for each round.
    private static final Pattern NAME =
            Pattern.compile("(?:\\w[\\w.-]*/)*+\\w[\\w-]*(?:\\.[\\w-]+)++");

    private static final Pattern FOREIGN =
            Pattern.compile("<link rel=\"stylesheet\" href=\"https://[^\"]*\">");
    private static final String OWN_STYLES =
            "<link rel=\"stylesheet\" href=\"css/roboto.css\">"
                    + "<link rel=\"stylesheet\" href=\"css/materialdesignicons.min.css\">";
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "json", "application/json; charset=utf-8",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "woff2", "font/woff2");
    private static final Map<String, List<String>> SECURITY =
            Map.of(
                    "Content-Security-Policy",
                    List.of(
                            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
                                    + " data:; connect-src 'self' http: https: ws: wss:;"
                                    + " frame-ancestors 'none'; base-uri 'none'"),
                    "X-Content-Type-Options",
                    List.of("nosniff"),
                    "Referrer-Policy",
                    List.of("no-referrer"));
    private static final String ABSENT =
            "This server has no files of the Admin UI: its natter-admin was built without them. Add"
                    + " them by a build with npm.\n";

    private final String path;
    private final String setup;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /// @param path where the page is, without a slash at the end
    /// @param namespace of the admins
    /// @param serverPath of the Socket.IO server
    AdminPage(String path, String namespace, String serverPath) {
        this.path = path;
        this.setup =
                """
                // The page comes up with its own server.
                if (!localStorage.getItem("server_url")) {
                  localStorage.setItem("server_url", location.origin);
                  localStorage.setItem("namespace", "%s");
                  localStorage.setItem("path", "%s");
                }
                """
                        .formatted(escaped(namespace), escaped(serverPath));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public boolean matches(String requested) {
        return requested.equals(path) || requested.startsWith(path + "/");
    }

    @Override
    public boolean matchesUpgrade(String requested) {
        return false;
    }

    @Override
    public String served() {
        return "the Admin UI at " + path + "/";
    }

    @Override
    public void http(HttpExchange exchange) {
        exchange.respond(answer(exchange.request()));
    }

    private HttpResponse answer(HttpRequest request) {
        if (!request.method().equals("GET")) {
            return new HttpResponse(405, Map.of("Allow", List.of("GET")), new byte[0]);
        }
        if (request.path().equals(path)) {
            return new HttpResponse(308, Map.of("Location", List.of(path + "/")), new byte[0]);
        }
        String rest = request.path().substring(path.length() + 1);
        String name = rest.isEmpty() ? "index.html" : rest;
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.get(extension);
        var file =
                type != null && NAME.matcher(name).matches()
                        ? files.computeIfAbsent(name, this::load)
                        : null;
        if (type == null || file == null) {
            return HttpResponse.text(404, name.equals("index.html") ? ABSENT : "not found\n");
        }
        var headers = new TreeMap<>(SECURITY);
        headers.put("Content-Type", List.of(type));
        headers.put("Cache-Control", List.of("no-cache"));
        headers.put("ETag", List.of(file.etag));
        headers.put("Vary", List.of("Accept-Encoding"));
        String known = request.header("if-none-match");
        if (known != null && known.contains(file.etag)) {
            return new HttpResponse(304, headers, new byte[0]);
        }
        var coding =
                extension.equals("woff2") || extension.equals("png")
                        ? null
                        : HttpCompression.preferred(request.header("accept-encoding"));
        if (coding != null) {
            headers.put("Content-Encoding", List.of(coding.token()));
        }
        return new HttpResponse(200, headers, file.in(coding), true);
    }

    private @Nullable File load(String name) {
        if (name.equals("js/setup.js")) {
            return new File(setup.getBytes(UTF_8));
        }
        byte[] bytes = resource(FOLDER + name);
        if (bytes == null) {
            return null;
        }
        return new File(name.equals("index.html") ? own(new String(bytes, UTF_8)) : bytes);
    }

    /// The page without what it loads from elsewhere.
    private static byte[] own(String page) {
        return FOREIGN.matcher(page)
                .replaceAll("")
                .replaceFirst("</title>", "</title>" + OWN_STYLES)
                .replaceFirst("<script ", "<script src=\"js/setup.js\"></script><script ")
                .getBytes(UTF_8);
    }

    private static byte @Nullable [] resource(String name) {
        var loader = AdminPage.class.getClassLoader();
        try (var in =
                loader == null
                        ? ClassLoader.getSystemResourceAsStream(name)
                        : loader.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        throw new IllegalStateException("the page matches no upgrade");
    }

    @Override
    public void close() {
        // it has no connections
    }

    /// A file and its compressed forms, each made when it is first asked for.
    private static final class File {
        private final byte[] plain;
        private final String etag;
        private final Map<HttpCompression, byte[]> coded = new EnumMap<>(HttpCompression.class);

        File(byte[] plain) {
            this.plain = plain;
            this.etag = "\"" + Integer.toHexString(Arrays.hashCode(plain)) + "\"";
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
