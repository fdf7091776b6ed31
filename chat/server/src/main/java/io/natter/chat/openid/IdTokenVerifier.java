package io.natter.chat.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Checks ID tokens: the signature by a key of the provider, and the claims that OpenID Connect
/// Core 3.1.3.7 names. Keys are cached for minutes; a token with an unknown key has them fetched
/// again, at most twice in half a minute.
final class IdTokenVerifier {
    /// The clocks of two servers may differ by so much.
    static final Duration SKEW = Duration.ofSeconds(60);

    /// A token is used at once, so an older one was not made for this sign-in.
    private static final Duration OLDEST = Duration.ofMinutes(10);

    /// Signatures by a key that only the provider has. `none`, and the client secret as a key, are
    /// not among them.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private final OpenIdConfig config;
    private final InstantSource clock;
    private final JWKSource<SecurityContext> keys;

    IdTokenVerifier(OpenIdConfig config, URI keys, ProviderHttp http, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        try {
            this.keys =
                    JWKSourceBuilder.create(keys.toURL(), _ -> fetch(keys, http))
                            .retrying(true)
                            .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Resource fetch(URI keys, ProviderHttp http) throws IOException {
        HttpResponse<String> answer = http.get(keys, Map.of());
        if (answer.statusCode() != 200) {
            throw new IOException(keys + " answers " + answer.statusCode());
        }
        return new Resource(answer.body(), "application/json");
    }

    /// A token was refused.
    static final class TokenException extends Exception {
        @java.io.Serial private static final long serialVersionUID = 1L;

        private final Fault fault;

        TokenException(Fault fault, String message) {
            super(message);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    /// The kinds of refusals that have different remedies.
    enum Fault {
        /// It was not made for this sign-in, or not by the provider.
        INVALID,
        /// It is not valid yet, or not any more.
        CLOCK,
        /// The keys could not be fetched.
        AWAY
    }

    /// The claims of a token that is right.
    ///
    /// @param attempt the sign-in that the token was made for
    Map<String, Object> verify(String token, OpenIdProvider.Attempt attempt) throws TokenException {
        JWTClaimsSet claims = process(token, attempt.nonce());
        checkTime(claims);
        if (attempt.again()) {
            checkSignIn(claims);
        }
        checkParty(claims);
        return claims.toJSONObject();
    }

    private JWTClaimsSet process(String token, String nonce) throws TokenException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new Claims(nonce));
        try {
            JWT parsed = JWTParser.parse(token);
            if (!ALGORITHMS.contains(parsed.getHeader().getAlgorithm())) {
                String found = parsed.getHeader().getAlgorithm().getName();
                throw new TokenException(
                        Fault.INVALID,
                        "it is signed with %s; choose RS256 or ES256 at the provider"
                                .formatted(found));
            }
            return processor.process(parsed, null);
        } catch (RateLimitReachedException e) {
            throw new TokenException(
                    Fault.AWAY, "its key is unknown, and the keys were fetched less than 30 s ago");
        } catch (KeySourceException e) {
            throw new TokenException(Fault.AWAY, "no keys: " + e.getMessage());
        } catch (ParseException | JOSEException e) {
            throw new TokenException(Fault.INVALID, String.valueOf(e.getMessage()));
        } catch (BadJOSEException e) {
            String why = String.valueOf(e.getMessage());
            boolean time = why.contains("Expired") || why.contains("before use");
            throw new TokenException(time ? Fault.CLOCK : Fault.INVALID, why);
        }
    }

    private void checkTime(JWTClaimsSet claims) throws TokenException {
        Instant issued = claims.getIssueTime().toInstant();
        Instant now = clock.instant();
        if (issued.isAfter(now.plus(SKEW)) || issued.isBefore(now.minus(OLDEST).minus(SKEW))) {
            throw new TokenException(
                    Fault.CLOCK, "issued at %s, and here it is %s".formatted(issued, now));
        }
    }

    /// Providers that ignore `max_age` leave the claim out.
    private void checkSignIn(JWTClaimsSet claims) throws TokenException {
        if (claims.getClaim("auth_time") instanceof Number seconds
                && Instant.ofEpochSecond(seconds.longValue())
                        .isBefore(clock.instant().minus(OLDEST))) {
            throw new TokenException(Fault.INVALID, "the person did not sign in again");
        }
    }

    /// A token for several clients names the one that asked.
    private void checkParty(JWTClaimsSet claims) throws TokenException {
        Object party = claims.getClaim("azp");
        List<String> audience = claims.getAudience();
        boolean ours = party == null ? audience.size() == 1 : party.equals(config.clientId());
        if (!ours) {
            throw new TokenException(Fault.INVALID, "the token is for another client");
        }
    }

    /// By the clock of the chat.
    private final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        Claims(String nonce) {
            super(
                    config.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(config.issuer())
                            .claim("nonce", nonce)
                            .build(),
                    Set.of("sub", "exp", "iat"));
            setMaxClockSkew((int) SKEW.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Objects.requireNonNull(Date.from(clock.instant()));
        }
    }
}
