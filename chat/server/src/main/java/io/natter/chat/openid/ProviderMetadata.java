package io.natter.chat.openid;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The addresses of a provider, from its discovery document.
///
/// @param userInfo null for none
/// @param secret where the provider takes the client secret
/// @param namesItself whether each answer of the provider has its name (RFC 9207)
public record ProviderMetadata(
        URI authorization,
        URI token,
        URI keys,
        @Nullable URI userInfo,
        Secret secret,
        boolean namesItself) {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/.well-known/openid-configuration";

    /// The places of a client secret. A provider that takes both can have one of them set for this
    /// client.
    public enum Secret {
        HEADER,
        FORM,
        EITHER
    }

    /// The lines of `doctor` on a provider.
    ///
    /// @param clock how far the provider's clock is before this machine's, if it says
    public record Report(ProviderMetadata metadata, Optional<Duration> clock) {}

    /// The discovery document cannot be had or used. The message is a sentence for the operator.
    public static final class DiscoveryException extends Exception {
        @java.io.Serial private static final long serialVersionUID = 1L;

        DiscoveryException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// Asks a provider, as the chat does, and also for its keys.
    public static Report check(String issuer) throws DiscoveryException {
        try (ProviderHttp http = new ProviderHttp()) {
            HttpResponse<String> answer = ask(issuer, http);
            ProviderMetadata metadata = of(issuer, answer);
            try {
                JsonNode keys = JSON.readTree(http.get(metadata.keys, Map.of()).body());
                if (keys.path("keys").isEmpty()) {
                    throw new DiscoveryException(
                            "There are no keys at %s.".formatted(metadata.keys), null);
                }
            } catch (IOException | JacksonException e) {
                throw new DiscoveryException(
                        "The keys at %s cannot be read.".formatted(metadata.keys), e);
            }
            return new Report(metadata, clock(answer));
        }
    }

    private static Optional<Duration> clock(HttpResponse<String> answer) {
        try {
            return answer.headers()
                    .firstValue("Date")
                    .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from)
                    .map(theirs -> Duration.between(Instant.now(), theirs));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    static ProviderMetadata fetch(String issuer, ProviderHttp http) throws DiscoveryException {
        return of(issuer, ask(issuer, http));
    }

    private static HttpResponse<String> ask(String issuer, ProviderHttp http)
            throws DiscoveryException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        try {
            return http.get(URI.create(base + PATH), Map.of(), ProviderHttp.DISCOVERY_TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new DiscoveryException("%s is no address.".formatted(issuer), e);
        } catch (IOException e) {
            throw new DiscoveryException(
                    "%s cannot be reached: %s.".formatted(base + PATH, e.getMessage()), e);
        }
    }

    private static ProviderMetadata of(String issuer, HttpResponse<String> answer)
            throws DiscoveryException {
        URI address = answer.uri();
        Optional<String> elsewhere = answer.headers().firstValue("Location");
        if (answer.statusCode() / 100 == 3 && elsewhere.isPresent()) {
            throw new DiscoveryException(
                    "%s redirects to %s, and the chat follows no redirect."
                            .formatted(address, elsewhere.get()),
                    null);
        }
        if (answer.statusCode() != 200) {
            throw new DiscoveryException(
                    "%s answers %d.".formatted(address, answer.statusCode()), null);
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new DiscoveryException("%s is no JSON.".formatted(address), e);
        }
        String named = json.path("issuer").asString("");
        if (!named.equals(issuer)) {
            throw new DiscoveryException(
                    "The provider calls itself %s, and not %s.".formatted(named, issuer), null);
        }
        boolean plain = issuer.startsWith("http://");
        URI userInfo =
                json.hasNonNull("userinfo_endpoint") ? uri(json, "userinfo_endpoint", plain) : null;
        return new ProviderMetadata(
                uri(json, "authorization_endpoint", plain),
                uri(json, "token_endpoint", plain),
                uri(json, "jwks_uri", plain),
                userInfo,
                secret(json.path("token_endpoint_auth_methods_supported")),
                json.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static Secret secret(JsonNode methods) {
        boolean header = false;
        boolean form = false;
        for (JsonNode method : methods) {
            header |= method.asString("").equals("client_secret_basic");
            form |= method.asString("").equals("client_secret_post");
        }
        return !form ? Secret.HEADER : header ? Secret.EITHER : Secret.FORM;
    }

    private static URI uri(JsonNode json, String name, boolean plain) throws DiscoveryException {
        String text = json.path(name).asString("");
        try {
            URI uri = URI.create(text);
            boolean secure = "https".equals(uri.getScheme());
            if (uri.getHost() != null && (secure || (plain && "http".equals(uri.getScheme())))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // the same sentence
        }
        throw new DiscoveryException(
                "The provider's %s is no https address: %s.".formatted(name, text), null);
    }
}
