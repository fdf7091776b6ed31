package io.natter.chat.openid;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Identity;
import io.natter.chat.log.SafeText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// The provider at which people sign in. Blocks; its errors are those that people see, and the log
/// has the reasons. Any thread.
public final class OpenIdProvider implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenIdProvider.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};

    private final OpenIdConfig config;
    private final InstantSource clock;
    private final InstantSource monotonic;
    private final ProviderHttp http = new ProviderHttp();
    private final TokenEndpoint endpoint;
    private volatile @Nullable Known known;

    private record Known(ProviderMetadata metadata, IdTokenVerifier verifier, long until) {}

    /// The secrets of one sign-in, until it ends.
    ///
    /// @param verifier PKCE's
    /// @param redirect the address at which the provider sends the browser back
    /// @param again whether the person must sign in there even if already signed in
    public record Attempt(String nonce, String verifier, URI redirect, boolean again) {
        public static Attempt begin(URI redirect, boolean again) {
            return new Attempt(RandomId.bits(128), RandomId.bits(256), redirect, again);
        }

        @Override
        public String toString() {
            return "Attempt[hidden]";
        }
    }

    /// A person who has signed in at the provider.
    ///
    /// @param name the name that the provider suggests; may be empty
    public record Proven(Identity identity, String name) {}

    /// Asks nothing until somebody signs in.
    ///
    /// @param clock the time of day
    /// @param monotonic a clock that only runs forward
    public OpenIdProvider(OpenIdConfig config, InstantSource clock, InstantSource monotonic) {
        this.config = config;
        this.clock = clock;
        this.monotonic = monotonic;
        this.endpoint = new TokenEndpoint(config, http);
    }

    public OpenIdConfig config() {
        return config;
    }

    /// The address at the provider to send the browser to.
    ///
    /// @throws io.natter.chat.domain.ChatException with `provider_away`
    public URI authorization(Attempt attempt, String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", config.clientId());
        query.put("redirect_uri", attempt.redirect().toString());
        query.put("scope", String.join(" ", config.scopes()));
        query.put("state", state);
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", challenge(attempt.verifier()));
        query.put("code_challenge_method", "S256");
        if (attempt.again()) {
            query.put("prompt", "login");
            query.put("max_age", "0");
        }
        URI endpoint = known().metadata().authorization();
        String before = endpoint.getRawQuery() == null ? "?" : "&";
        return URI.create(endpoint + before + ProviderHttp.encode(query));
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Checks that the provider that answered is this one (RFC 9207).
    ///
    /// @param issuer the parameter `iss`, null for none
    /// @throws io.natter.chat.domain.ChatException with `openid_invalid`
    public void checkIssuer(@Nullable String issuer) {
        Known present = known;
        boolean needed = present != null && present.metadata().namesItself();
        if (issuer == null ? needed : !issuer.equals(config.issuer())) {
            tell("the answer names another provider", issuer == null ? "none" : issuer);
            throw ChatError.openIdInvalid(config.label()).exception();
        }
    }

    /// Fetches the tokens of a code and checks them.
    ///
    /// @throws io.natter.chat.domain.ChatException with `provider_away`, `provider_refused`,
    ///   `provider_setup`, `openid_invalid`, `openid_clock` or `identity_refused`
    public Proven finish(Attempt attempt, String code) {
        Known provider = known();
        JsonNode tokens = endpoint.exchange(provider.metadata(), attempt, code);
        Map<String, Object> claims = new HashMap<>();
        try {
            String token = tokens.path("id_token").asString("");
            claims.putAll(provider.verifier().verify(token, attempt));
        } catch (IdTokenVerifier.TokenException e) {
            tell("an ID token was refused", e.getMessage());
            throw switch (e.fault()) {
                case AWAY -> ChatError.providerAway(config.label()).exception();
                case CLOCK -> ChatError.openIdClock(config.label()).exception();
                case INVALID -> ChatError.openIdInvalid(config.label()).exception();
            };
        }
        boolean complete = addUserInfo(provider.metadata().userInfo(), tokens, claims);
        PersonClaims person = new PersonClaims(config, claims);
        Optional<String> refusal = person.refusal();
        if (refusal.isPresent() && !complete) {
            throw ChatError.providerAway(config.label()).exception();
        }
        if (refusal.isPresent()) {
            tell("a person was not let in", refusal.get());
            throw ChatError.identityRefused(config.label()).exception();
        }
        return new Proven(person.identity(), person.name());
    }

    /// Asks for the user info if a claim is missing. Claims of the ID token go before those of the
    /// user info, which counts only for the same person.
    ///
    /// @param address null where the provider has none
    /// @return whether there are no more claims to have
    private boolean addUserInfo(
            @Nullable URI address, JsonNode tokens, Map<String, Object> claims) {
        if (address == null || !new PersonClaims(config, claims).incomplete()) {
            return true;
        }
        String token = tokens.path("access_token").asString("");
        try {
            HttpResponse<String> answer =
                    http.get(address, Map.of("Authorization", "Bearer " + token));
            if (answer.statusCode() != 200) {
                tell("the user info failed", address + " answers " + answer.statusCode());
                return false;
            }
            Map<String, Object> more = ProviderMetadata.JSON.readValue(answer.body(), CLAIMS);
            if (String.valueOf(claims.get("sub")).equals(more.get("sub"))) {
                more.forEach(claims::putIfAbsent);
            }
            return true;
        } catch (JacksonException _) {
            tell("the user info failed", address + " is no JSON");
        } catch (IOException | IllegalArgumentException e) {
            tell("the user info failed", address + ": " + e.getMessage());
        }
        return false;
    }

    private Known known() {
        Known present = known;
        long now = monotonic.millis();
        if (present != null && present.until() > now) {
            return present;
        }
        try {
            ProviderMetadata metadata = ProviderMetadata.fetch(config.issuer(), http);
            IdTokenVerifier verifier =
                    present != null && present.metadata().keys().equals(metadata.keys())
                            ? present.verifier()
                            : new IdTokenVerifier(config, metadata.keys(), http, clock);
            Known fetched = new Known(metadata, verifier, now + FRESH.toMillis());
            known = fetched;
            return fetched;
        } catch (ProviderMetadata.DiscoveryException e) {
            tell("discovery failed", e.getMessage());
            throw ChatError.providerAway(config.label()).exception();
        }
    }

    static void tell(String what, @Nullable String why) {
        log.warn("OpenID Connect: {}: {}", what, SafeText.line(String.valueOf(why)));
    }

    @Override
    public void close() {
        http.close();
    }
}
