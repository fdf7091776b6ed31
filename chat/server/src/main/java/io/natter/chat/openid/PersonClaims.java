package io.natter.chat.openid;

import io.natter.chat.domain.person.Identity;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The claims of a provider on a person.
final class PersonClaims {
    private static final int LABEL = 100;

    private final OpenIdConfig config;
    private final Map<String, Object> claims;

    PersonClaims(OpenIdConfig config, Map<String, Object> claims) {
        this.config = config;
        this.claims = claims;
    }

    /// Whether a claim is missing that the user info may have.
    boolean incomplete() {
        OpenIdConfig.Requirement required = config.required();
        return !claims.containsKey(config.nameClaim())
                || (!config.emailDomains().isEmpty()
                        && !(claims.containsKey("email") && claims.containsKey("email_verified")))
                || (required != null && value(required.claim()) == null);
    }

    /// Whether this person may come in; otherwise the reason for the operator's log, which names no
    /// person.
    Optional<String> refusal() {
        List<String> domains = config.emailDomains();
        if (!domains.isEmpty()) {
            String email = text("email").toLowerCase(Locale.ROOT);
            String domain = email.substring(email.lastIndexOf('@') + 1);
            if (!email.contains("@") || !domains.contains(domain)) {
                return Optional.of("the e-mail address is of no allowed domain");
            }
            if (!claims.containsKey("email_verified")) {
                return Optional.of(
                        "the provider does not say that the e-mail address is verified (claim"
                                + " email_verified)");
            }
            if (!text("email_verified").equals("true")) {
                return Optional.of("the e-mail address is not verified (claim email_verified)");
            }
        }
        OpenIdConfig.Requirement required = config.required();
        if (required != null && !has(value(required.claim()), required.value())) {
            return Optional.of(
                    "the claim %s does not have the value of --oidc-require"
                            .formatted(required.claim()));
        }
        return Optional.empty();
    }

    private static boolean has(@Nullable Object value, String wanted) {
        return value instanceof Collection<?> list
                ? list.stream().anyMatch(each -> String.valueOf(each).equals(wanted))
                : value != null && String.valueOf(value).equals(wanted);
    }

    /// The claim of a name, also inside of others, as in `realm_access.roles`.
    private @Nullable Object value(String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        @Nullable Object at = claims;
        for (String part : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return at;
    }

    private String text(String claim) {
        Object value = claims.get(claim);
        return value == null ? "" : String.valueOf(value).strip();
    }

    Identity identity() {
        String label = first("email", "preferred_username", "name", "sub");
        int most =
                label.offsetByCodePoints(
                        0, Math.min(LABEL, label.codePointCount(0, label.length())));
        return new Identity(config.issuer(), text("sub"), label.substring(0, most));
    }

    /// The name to begin with; may be empty, or one that somebody else has.
    String name() {
        String name = first(config.nameClaim(), "preferred_username", "nickname", "given_name");
        String email = text("email");
        return name.isEmpty() ? email.substring(0, Math.max(0, email.indexOf('@'))) : name;
    }

    private String first(String... names) {
        for (String name : names) {
            if (!text(name).isEmpty()) {
                return text(name);
            }
        }
        return "";
    }
}
