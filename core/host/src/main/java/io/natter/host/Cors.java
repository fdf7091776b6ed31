package io.natter.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which pages of other origins may use the server, with the options and the answers of npm `cors`.
/// Immutable; any thread.
public final class Cors {
    private static final String DEFAULT_METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";

    private final boolean any;
    private final @Nullable String fixed;
    private final @Nullable Predicate<String> allowed;
    private final boolean credentials;
    private final String methods;
    private final @Nullable String allowedHeaders;
    private final @Nullable String exposedHeaders;
    private final @Nullable Duration maxAge;
    private final int optionsSuccessStatus;
    private final boolean preflightContinue;

    private Cors(Builder b) {
        any = b.any;
        fixed = b.fixed;
        allowed = b.allowed;
        credentials = b.credentials;
        methods = b.methods;
        allowedHeaders = b.allowedHeaders;
        exposedHeaders = b.exposedHeaders;
        maxAge = b.maxAge;
        optionsSuccessStatus = b.optionsSuccessStatus;
        preflightContinue = b.preflightContinue;
    }

    /// Every origin, `*`; without credentials.
    public static Cors anyOrigin() {
        return builder().anyOrigin().build();
    }

    /// These origins, as in `https://chat.example.com`.
    public static Cors origins(String... origins) {
        return builder().origins(origins).build();
    }

    /// A builder that allows every origin by default.
    public static Builder builder() {
        return new Builder();
    }

    /// Whether a page of `origin` may use the server.
    public boolean allows(String origin) {
        return any
                || (fixed != null && fixed.equals(origin))
                || (allowed != null && allowed.test(origin));
    }

    /// Whether pages of every origin may use the server, without credentials.
    public boolean allowsAny() {
        return any;
    }

    /// Puts the headers that every answer carries into `headers`; for an `OPTIONS` request those of
    /// [#preflight].
    public void apply(HttpRequest request, Map<String, List<String>> headers) {
        if (request.method().equals("OPTIONS")) {
            applyPreflight(request, headers);
            return;
        }
        applyOrigin(request, headers);
        if (exposedHeaders != null) {
            set(headers, "Access-Control-Expose-Headers", exposedHeaders);
        }
    }

    /// Whether an `OPTIONS` request goes on to the next handler, with the headers of [#preflight].
    public boolean preflightContinue() {
        return preflightContinue;
    }

    /// The answer to an `OPTIONS` request, which goes no further unless [#preflightContinue].
    public HttpResponse preflight(HttpRequest request) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        applyPreflight(request, headers);
        return new HttpResponse(optionsSuccessStatus, headers, new byte[0]);
    }

    private void applyPreflight(HttpRequest request, Map<String, List<String>> headers) {
        applyOrigin(request, headers);
        set(headers, "Access-Control-Allow-Methods", methods);
        if (allowedHeaders != null) {
            set(headers, "Access-Control-Allow-Headers", allowedHeaders);
        } else {
            vary(headers, "Access-Control-Request-Headers");
            var asked = request.header("access-control-request-headers");
            if (asked != null && !asked.isEmpty()) {
                set(headers, "Access-Control-Allow-Headers", asked);
            }
        }
        if (maxAge != null) {
            set(headers, "Access-Control-Max-Age", Long.toString(maxAge.toSeconds()));
        }
        if (exposedHeaders != null) {
            set(headers, "Access-Control-Expose-Headers", exposedHeaders);
        }
    }

    private void applyOrigin(HttpRequest request, Map<String, List<String>> headers) {
        if (any) {
            set(headers, "Access-Control-Allow-Origin", "*");
        } else {
            vary(headers, "Origin");
            var origin = request.header("origin");
            if (fixed != null) {
                set(headers, "Access-Control-Allow-Origin", fixed);
            } else if (origin != null && allows(origin)) {
                set(headers, "Access-Control-Allow-Origin", origin);
            }
        }
        if (credentials) {
            set(headers, "Access-Control-Allow-Credentials", "true");
        }
    }

    private static void set(Map<String, List<String>> headers, String name, String value) {
        headers.put(name, List.of(value));
    }

    private static void vary(Map<String, List<String>> headers, String name) {
        var before = headers.get("Vary");
        set(headers, "Vary", before == null ? name : String.join(", ", before) + ", " + name);
    }

    /// Makes a [Cors].
    public static final class Builder {
        private boolean any = true;
        private @Nullable String fixed;
        private @Nullable Predicate<String> allowed;
        private boolean credentials;
        private String methods = DEFAULT_METHODS;
        private @Nullable String allowedHeaders;
        private @Nullable String exposedHeaders;
        private @Nullable Duration maxAge;
        private int optionsSuccessStatus = 204;
        private boolean preflightContinue;

        private Builder() {}

        /// Every origin, answered with `*`; the default.
        public Builder anyOrigin() {
            any = true;
            fixed = null;
            allowed = null;
            return this;
        }

        /// One origin, told to every client whatever its own, as npm `cors` does for a string.
        ///
        /// @throws IllegalArgumentException as for [#origins]
        public Builder origin(String origin) {
            if (origin.equals("*")) {
                return anyOrigin();
            }
            any = false;
            fixed = OriginForm.check(origin);
            allowed = null;
            return this;
        }

        /// These origins; `*` among them allows all.
        ///
        /// @throws IllegalArgumentException if no browser sends an origin in this form. It has no
        ///   scheme, or it has a path, a slash at its end, a capital letter or the scheme's own
        ///   port
        public Builder origins(String... origins) {
            var list = new ArrayList<>(List.of(origins));
            if (list.contains("*")) {
                return anyOrigin();
            }
            list.forEach(OriginForm::check);
            Set<String> set = new LinkedHashSet<>(list);
            return originsMatching(set::contains);
        }

        /// Origins in which one of the patterns is found.
        public Builder originPatterns(Pattern... patterns) {
            var list = List.of(patterns);
            return originsMatching(o -> list.stream().anyMatch(p -> p.matcher(o).find()));
        }

        /// Origins for which `test` holds; it is called on a strand and must not block. Adds to the
        /// lists and patterns given before.
        public Builder originsMatching(Predicate<String> test) {
            any = false;
            fixed = null;
            allowed = allowed == null ? test : allowed.or(test);
            return this;
        }

        /// Every origin, each answered with its own name; what browsers ask for with credentials.
        public Builder reflectOrigin() {
            return originsMatching(ignored -> true);
        }

        /// Whether cookies and authentication are allowed; false by default.
        public Builder credentials(boolean value) {
            credentials = value;
            return this;
        }

        /// The methods told to a preflight; `GET,HEAD,PUT,PATCH,POST,DELETE` by default.
        public Builder methods(String... value) {
            methods = String.join(",", value);
            return this;
        }

        /// The request headers allowed; by default those that the client asks for.
        public Builder allowedHeaders(String... value) {
            allowedHeaders = String.join(",", value);
            return this;
        }

        /// The answer's headers that a page may read besides the usual ones; by default none.
        public Builder exposedHeaders(String... value) {
            exposedHeaders = String.join(",", value);
            return this;
        }

        /// How long a browser may keep the answer to a preflight, in whole seconds. By default the
        /// answer does not say, and browsers keep it for 5 seconds.
        public Builder maxAge(Duration value) {
            maxAge = value;
            return this;
        }

        /// The status of the answer to a preflight; 204 by default.
        public Builder optionsSuccessStatus(int value) {
            optionsSuccessStatus = value;
            return this;
        }

        /// Whether `OPTIONS` requests go on to a middleware that answers them; false by default.
        /// Where none does, the endpoint refuses them.
        public Builder preflightContinue(boolean value) {
            preflightContinue = value;
            return this;
        }

        /// The settings.
        public Cors build() {
            return new Cors(this);
        }
    }
}
