package io.natter.cluster.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.HttpRequest;
import io.natter.host.Query;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The head of a request that one server passes on to another. The client's headers travel as they
/// are. The parts that belong to a connection travel in a header of their own, with a signature.
/// They are the address of the client, TLS, `Host`, and the id of the session to which the
/// signature is bound.
final class ForwardedHead {
    static final String HEADER = "natter-forwarded";

    /// Headers with other characters than those of ASCII, which Java's client does not send: each
    /// as name and value in Base64.
    private static final String ENCODED = "natter-forwarded-header";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /// Headers of one connection (RFC 9110 §7.6.1), and those that the HTTP client writes itself.
    private static final Set<String> OF_CONNECTION =
            Set.of(
                    HEADER,
                    ENCODED,
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
    private static final String OF_WEBSOCKET = "sec-websocket-";
    private static final int PARTS = 5;

    private ForwardedHead() {}

    /// Gives the headers for the other server to `header`.
    static void write(HttpRequest request, Signature key, BiConsumer<String, String> header) {
        request.headers()
                .forEach(
                        (name, values) -> {
                            if (!OF_CONNECTION.contains(name) && !name.startsWith(OF_WEBSOCKET)) {
                                add(header, name, values);
                            }
                        });
        byte[] text = text(request).getBytes(UTF_8);
        header.accept(
                HEADER, BASE64.encodeToString(text) + "." + BASE64.encodeToString(key.of(text)));
    }

    private static void add(BiConsumer<String, String> header, String name, List<String> values) {
        if (!TOKEN.matcher(name).matches()) {
            return; // a host lets none through
        }
        boolean plain = values.stream().allMatch(value -> PRINTABLE.matcher(value).matches());
        for (var value : values) {
            if (plain) {
                header.accept(name, value);
            } else {
                var pair = (name + "\n" + value).getBytes(UTF_8);
                header.accept(ENCODED, BASE64.encodeToString(pair));
            }
        }
    }

    private static String text(HttpRequest request) {
        var address = request.remoteAddress().getAddress();
        var bytes = address == null ? new byte[4] : address.getAddress();
        return String.join(
                "\n",
                sid(request),
                BASE64.encodeToString(bytes),
                Integer.toString(request.remoteAddress().getPort()),
                request.secure() ? "https" : "http",
                request.headers().containsKey("host") ? "h" + request.header("host") : "");
    }

    private static String sid(HttpRequest request) {
        return String.valueOf(Query.last(request.rawQuery(), "sid"));
    }

    /// Whether the request claims to come from another server.
    static boolean isIn(HttpRequest request) {
        return request.headers().containsKey(HEADER);
    }

    /// The request as the client has sent it, or null without a valid signature.
    static @Nullable HttpRequest read(HttpRequest request, Signature key) {
        try {
            var sent = String.valueOf(request.header(HEADER));
            int dot = sent.indexOf('.');
            var base64 = Base64.getUrlDecoder();
            byte[] text = base64.decode(sent.substring(0, Math.max(0, dot)));
            if (!key.isValid(text, base64.decode(sent.substring(dot + 1)))) {
                return null;
            }
            var parts = new String(text, UTF_8).split("\n", PARTS);
            return parts.length == PARTS && parts[0].equals(sid(request))
                    ? original(request, parts)
                    : null;
        } catch (IllegalArgumentException | UnknownHostException malformed) {
            return null;
        }
    }

    private static HttpRequest original(HttpRequest request, String[] parts)
            throws UnknownHostException {
        var headers = new LinkedHashMap<>(request.headers());
        headers.remove(HEADER);
        headers.remove("host");
        var encoded = headers.remove(ENCODED);
        if (encoded != null) {
            for (var one : encoded) {
                var pair = new String(Base64.getUrlDecoder().decode(one), UTF_8).split("\n", 2);
                var values = new ArrayList<>(headers.getOrDefault(pair[0], List.of()));
                values.add(pair.length == 2 ? pair[1] : "");
                headers.put(pair[0], values);
            }
        }
        if (!parts[4].isEmpty()) {
            headers.put("host", List.of(parts[4].substring(1)));
        }
        return new HttpRequest(
                request.method(),
                request.path(),
                request.rawQuery(),
                headers,
                new InetSocketAddress(
                        InetAddress.getByAddress(Base64.getUrlDecoder().decode(parts[1])),
                        Integer.parseInt(parts[2])),
                parts[3].equals("https"),
                request.attributes());
    }

    /// Whether a header of an answer is for the client and not for this connection.
    static boolean isForClient(String name) {
        return !OF_CONNECTION.contains(name) && !name.startsWith(":") && !name.equals("date");
    }
}
