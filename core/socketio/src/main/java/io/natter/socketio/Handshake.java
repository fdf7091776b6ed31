package io.natter.socketio;

import com.fasterxml.jackson.annotation.JsonValue;
import io.natter.host.Attributes;
import io.natter.host.HttpRequest;
import io.natter.host.Key;
import io.natter.protocol.Payload;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.TypeRef;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The data of a client that joined a namespace: the request that opened its connection and its
/// credentials. Written as JSON it has the very keys of a Node.js handshake. Any thread.
public final class Handshake {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd yyyy HH:mm:ss 'GMT+0000'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final HttpRequest request;
    private final Instant issued;
    private final JsonMapping mapping;
    private final @Nullable Payload auth;

    /// Those of this socket alone, once a middleware has asked for them.
    private volatile @Nullable Attributes attributes;

    /// The data of a request and a CONNECT.
    ///
    /// @param auth the payload of CONNECT, or null
    Handshake(HttpRequest request, Instant issued, JsonMapping mapping, @Nullable Payload auth) {
        this.request = request;
        this.issued = issued;
        this.mapping = mapping;
        this.auth = auth;
    }

    /// The request that opened the connection.
    public HttpRequest request() {
        return request;
    }

    /// The request's headers, names in lower case, values of one name joined by `, `.
    public Map<String, String> headers() {
        var joined = new LinkedHashMap<String, String>();
        request.headers().forEach((name, values) -> joined.put(name, String.join(", ", values)));
        return joined;
    }

    /// The first value of a header of the request, its name in lower case, or null.
    public @Nullable String header(String name) {
        return request.header(name);
    }

    /// The request's cookies by name, read as npm `cookie` reads them. Made anew with each call.
    public Map<String, String> cookies() {
        return request.cookies();
    }

    /// The attributes of this socket, which a [Middleware] may set. They are laid over those of the
    /// request ([HttpRequest#attributes]), which the host, an
    /// [EngineMiddleware][io.natter.engine.EngineMiddleware] or `allowRequest` has set for all
    /// sockets of the connection. To read one, [#attribute] is enough.
    public Attributes attributes() {
        var own = attributes;
        if (own == null) {
            synchronized (this) {
                own = attributes;
                if (own == null) {
                    own = new Attributes(request.attributes());
                    attributes = own;
                }
            }
        }
        return own;
    }

    /// The value of an attribute of this socket or of its connection's request, or null.
    public <T> @Nullable T attribute(Key<T> key) {
        var own = attributes;
        return own == null ? request.attributes().get(key) : own.get(key);
    }

    /// The authenticated user, or null: the attribute [Attributes#PRINCIPAL].
    public @Nullable Principal principal() {
        return attribute(Attributes.PRINCIPAL);
    }

    /// The client's address, as the host saw it; IPv6 in the form of RFC 5952, as `::1`, without an
    /// interface.
    public String address() {
        return request.address();
    }

    /// Whether the request named an origin, as browsers do across sites.
    public boolean xdomain() {
        return request.header("origin") != null;
    }

    /// Whether the request came over TLS.
    public boolean secure() {
        return request.secure();
    }

    /// When the client asked to join.
    public Instant issued() {
        return issued;
    }

    /// The request's path and query, as sent.
    public String url() {
        return request.rawQuery().isEmpty()
                ? request.path()
                : request.path() + "?" + request.rawQuery();
    }

    /// The request's query, decoded as `URLSearchParams` does; of a repeated name the last value.
    public Map<String, String> query() {
        return request.query();
    }

    /// The client's `auth`, not yet read.
    @Nullable Payload payload() {
        return auth;
    }

    /// The client's `auth` object, empty when it sent none.
    public Map<String, @Nullable Object> auth() {
        Map<String, @Nullable Object> read = auth(new TypeRef<Map<String, @Nullable Object>>() {});
        return read == null ? Map.of() : read;
    }

    /// The client's `auth` object as a type of the application's, or null when it sent none.
    ///
    /// @throws PayloadException if it does not fit
    public <T> @Nullable T auth(Class<T> type) {
        return readAuth(type);
    }

    /// The client's `auth` object as a type of the application's, or null when it sent none.
    ///
    /// @throws PayloadException if it does not fit
    public <T> @Nullable T auth(TypeRef<T> type) {
        return readAuth(type.type());
    }

    /// The handshake as Node.js has it: `headers`, `time`, `address`, `xdomain`, `secure`, `issued`
    /// (milliseconds), `url`, `query`, `auth`.
    @JsonValue
    public Map<String, @Nullable Object> toMap() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("headers", headers());
        map.put("time", TIME.format(issued));
        map.put("address", address());
        map.put("xdomain", xdomain());
        map.put("secure", secure());
        map.put("issued", issued.toEpochMilli());
        map.put("url", url());
        map.put("query", query());
        map.put("auth", readableAuth());
        return map;
    }

    /// Credentials that cannot be read are left out, because this is used for many clients at once.
    private Map<String, @Nullable Object> readableAuth() {
        try {
            return auth();
        } catch (PayloadException e) {
            return Map.of();
        }
    }

    // callers tie T to the type they pass, and the mapping has made the value of this very type
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> @Nullable T readAuth(java.lang.reflect.Type type) {
        return auth == null ? null : (T) mapping.read(auth, type);
    }
}
