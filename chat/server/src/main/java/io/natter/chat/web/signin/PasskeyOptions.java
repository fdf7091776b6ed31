package io.natter.chat.web.signin;

import io.natter.chat.domain.person.Passkey;
import io.natter.chat.passkey.PasskeyChecks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The options for a browser, in the JSON form of WebAuthn. A user is verified where the
/// authenticator can do it.
final class PasskeyOptions {
    private static final String USER_VERIFICATION = "preferred";
    private static final String PLACE = "Natter";

    private PasskeyOptions() {}

    /// A new passkey that the browser finds without a name.
    ///
    /// @param person the id that the passkey holds
    /// @param known those that the authenticator must not have already
    static Map<String, Object> create(
            PasskeyChecks.Page page,
            String challenge,
            String person,
            String name,
            List<Passkey> known) {
        return Map.of(
                "rp",
                Map.of("id", page.id(), "name", PLACE),
                "user",
                Map.of("id", person, "name", name, "displayName", name),
                "challenge",
                challenge,
                "pubKeyCredParams",
                PasskeyChecks.ALGORITHMS.stream()
                        .map(each -> Map.<String, Object>of("type", "public-key", "alg", each))
                        .toList(),
                "timeout",
                PasskeyApi.CHALLENGE_LASTS.toMillis(),
                "excludeCredentials",
                known.stream().map(PasskeyOptions::descriptor).toList(),
                "authenticatorSelection",
                Map.of(
                        "residentKey",
                        "required",
                        "requireResidentKey",
                        true,
                        "userVerification",
                        USER_VERIFICATION),
                "attestation",
                "none");
    }

    /// A signature of one of the passkeys, or of any.
    static Map<String, Object> get(
            PasskeyChecks.Page page, String challenge, List<Passkey> allowed) {
        return Map.of(
                "challenge",
                challenge,
                "rpId",
                page.id(),
                "timeout",
                PasskeyApi.CHALLENGE_LASTS.toMillis(),
                "userVerification",
                USER_VERIFICATION,
                "allowCredentials",
                allowed.stream().map(PasskeyOptions::descriptor).toList());
    }

    private static Map<String, Object> descriptor(Passkey passkey) {
        String transports = passkey.transports();
        return Map.of(
                "type",
                "public-key",
                "id",
                passkey.credential(),
                "transports",
                transports.isEmpty() ? List.of() : Arrays.asList(transports.split(",", -1)));
    }
}
