package io.natter.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// An OpenID Connect provider on the loopback address, with discovery, keys, a page to sign in at,
/// a token endpoint and user info. It is written without the library that the chat checks it with,
/// and can also answer as an attacker would.
public final class TestProvider implements AutoCloseable {
    public static final String CLIENT = "natter";
    public static final String SECRET = "a secret: of the client";

    private final HttpServer server;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile TestTokens tokens = new TestTokens();
    private volatile Map<String, Object> claims = Map.of("sub", "1");
    private volatile Map<String, Object> userInfo = Map.of();
    private volatile Attack attack = Attack.NONE;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile String troubledPath = "/";

    /// The ways in which an answer can be wrong.
    public enum Attack {
        NONE,
        WRONG_NONCE,
        WRONG_ISSUER,
        WRONG_AUDIENCE,
        OTHER_PARTY,
        ALG_NONE,
        SECRET_AS_KEY,
        FOREIGN_KEY,
        CHANGED_CLAIMS,
        EXPIRED,
        OF_TOMORROW,
        NO_SUBJECT,
        NO_TOKEN
    }

    /// The answers that can come in place of those of the provider.
    public enum Trouble {
        NONE,
        /// It answers 503.
        AWAY,
        /// A page in the place of JSON, as of a proxy.
        HTML,
        /// It sends to another address.
        REDIRECT,
        /// It takes requests and never answers.
        SILENT
    }

    private TestProvider(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /// Starts one on a free port.
    public static TestProvider start(InstantSource clock) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            TestProvider provider = new TestProvider(server, clock);
            server.createContext("/", provider::answer);
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The name of the provider.
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The person who signs in from now on, as the ID token has it.
    public void person(Map<String, Object> claims) {
        this.claims = Map.copyOf(claims);
    }

    /// The claims that only the user info has.
    public void userInfo(Map<String, Object> claims) {
        this.userInfo = Map.copyOf(claims);
    }

    public void attack(Attack attack) {
        this.attack = attack;
    }

    /// Sets the answer to every request from now on.
    public void trouble(Trouble trouble) {
        trouble(trouble, "/");
    }

    /// The same for the requests whose path begins so.
    public void trouble(Trouble trouble, String path) {
        troubledPath = path;
        this.trouble = trouble;
    }

    /// Signs with another key from now on.
    public void rotate() {
        tokens = new TestTokens();
    }

    /// The address that the browser is sent back to when the person goes on, without a browser.
    public URI signIn(URI authorization) {
        return URI.create(goOn(query(authorization.getRawQuery())));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            if (trouble != Trouble.NONE
                    && exchange.getRequestURI().getPath().startsWith(troubledPath)) {
                trouble(exchange);
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> json(exchange, 200, discovery());
                case "/keys" -> json(exchange, 200, Map.of("keys", tokens.keys()));
                case "/authorize" -> send(exchange, 200, "text/html; charset=utf-8", page(query));
                case "/go-on" -> redirect(exchange, goOn(query));
                case "/refuse" -> redirect(exchange, refuse(query));
                case "/token" -> token(exchange);
                case "/userinfo" -> userInfo(exchange);
                default -> send(exchange, 404, "text/plain", "nothing");
            }
        }
    }

    private void trouble(HttpExchange exchange) throws IOException {
        switch (trouble) {
            case AWAY -> send(exchange, 503, "text/plain", "away");
            case HTML -> send(exchange, 200, "text/html", "<!doctype html><title>Proxy</title>");
            case REDIRECT -> redirect(exchange, issuer() + "/elsewhere");
            default -> awaitClose();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer",
                issuer(),
                "authorization_endpoint",
                issuer() + "/authorize",
                "token_endpoint",
                issuer() + "/token",
                "jwks_uri",
                issuer() + "/keys",
                "userinfo_endpoint",
                issuer() + "/userinfo",
                "token_endpoint_auth_methods_supported",
                Arrays.asList("client_secret_basic", "client_secret_post"));
    }

    private String page(Map<String, String> query) {
        return """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>The provider</title>
        <h1>The provider</h1><p>Go on as %s?</p>
        <p><a id="go-on" href="/go-on?%s">Go on</a> <a id="refuse" href="/refuse?%s">No</a></p></html>
        """
                .formatted(claims.get("sub"), form(query), form(query));
    }

    private String goOn(Map<String, String> query) {
        String code = UUID.randomUUID().toString();
        codes.put(code, query);
        return back(query, Map.of("code", code, "state", value(query, "state"), "iss", issuer()));
    }

    private static String refuse(Map<String, String> query) {
        String error = query.getOrDefault("error", "access_denied");
        return back(query, Map.of("error", error, "state", value(query, "state")));
    }

    private static String back(Map<String, String> query, Map<String, String> answer) {
        return query.get("redirect_uri") + "?" + form(answer);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        // A code is used up even when the rest is wrong.
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String client =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (encode(CLIENT) + ":" + encode(SECRET))
                                                .getBytes(StandardCharsets.UTF_8));
        if (!client.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(exchange, 401, Map.of("error", "invalid_client"));
        } else if (asked == null
                || !value(asked, "redirect_uri").equals(form.get("redirect_uri"))
                || !value(asked, "code_challenge")
                        .equals(challenge(value(form, "code_verifier")))) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
        } else {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("access_token", "access");
            answer.put("token_type", "Bearer");
            if (attack != Attack.NO_TOKEN) {
                answer.put("id_token", idToken(value(asked, "nonce")));
            }
            json(exchange, 200, answer);
        }
    }

    private static String challenge(String verifier) {
        try {
            return TestTokens.base64(
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String idToken(String nonce) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", attack == Attack.WRONG_ISSUER ? "http://127.0.0.1:1" : issuer());
        all.put("aud", attack == Attack.WRONG_AUDIENCE ? "somebody-else" : CLIENT);
        all.put("iat", now);
        all.put("exp", now + 300);
        all.put("nonce", attack == Attack.WRONG_NONCE ? "not-this-one" : nonce);
        all.putAll(claims);
        switch (attack) {
            case EXPIRED -> {
                all.put("iat", now - 500);
                all.put("exp", now - 200);
            }
            case OF_TOMORROW -> {
                all.put("iat", now + 86_400);
                all.put("exp", now + 86_700);
            }
            case OTHER_PARTY -> {
                all.put("aud", Arrays.asList(CLIENT, "somebody-else"));
                all.put("azp", "somebody-else");
            }
            case NO_SUBJECT -> all.remove("sub");
            default -> {}
        }
        return switch (attack) {
            case ALG_NONE -> TestTokens.unsigned(all);
            case SECRET_AS_KEY -> TestTokens.bySecret(all, SECRET);
            case FOREIGN_KEY -> new TestTokens(tokens.id()).sign(all);
            case CHANGED_CLAIMS -> tokens.signThenChange(all, Map.of("sub", "somebody-else"));
            default -> tokens.sign(all);
        };
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        boolean known =
                "Bearer access".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        json(exchange, known ? 200 : 401, known ? userInfo : Map.of());
    }

    private static Map<String, String> query(String text) {
        return text == null || text.isEmpty()
                ? Map.of()
                : Arrays.stream(text.split("&", -1))
                        .map(each -> each.split("=", 2))
                        .collect(
                                Collectors.toMap(each -> decode(each[0]), each -> decode(each[1])));
    }

    private static String value(Map<String, String> values, String name) {
        return values.getOrDefault(name, "");
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> body)
            throws IOException {
        send(exchange, status, "application/json", TestTokens.json(body));
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
