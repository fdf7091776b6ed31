package io.natter.chat.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.Base64UrlUtil;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.person.Passkey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the answers of browsers: the challenge, the origin, the signature and the counter. The
/// maker of an authenticator does not matter, so its attestation is not asked for. Any thread.
public final class PasskeyChecks {
    private static final Logger log = LoggerFactory.getLogger(PasskeyChecks.class);

    /// The algorithms of signatures, by their COSE numbers, the preferred first.
    public static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager =
            WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter keys =
            new AttestedCredentialDataConverter(converter);

    /// The page that asks.
    ///
    /// @param origin the address of the page
    /// @param id the RP id, see [RelyingParty]
    public record Page(String origin, String id) {}

    /// The answer of a browser that signs in, not checked yet.
    public static final class SignedChallenge {
        private final AuthenticationData data;

        private SignedChallenge(AuthenticationData data) {
            this.data = data;
        }

        /// The id of the passkey, in base64url.
        public String credential() {
            return Base64UrlUtil.encodeToString(data.getCredentialId());
        }

        /// The user handle that the passkey holds, in base64url; null for none.
        public @Nullable String userHandle() {
            byte[] handle = data.getUserHandle();
            return handle == null || handle.length == 0
                    ? null
                    : Base64UrlUtil.encodeToString(handle);
        }
    }

    /// The passkey that a browser has made.
    ///
    /// @param json the browser's `RegistrationResponseJSON`
    /// @param challenge in base64url
    /// @throws io.natter.chat.domain.ChatException with `passkey_refused`
    public Passkey made(String json, String challenge, Page page) {
        try {
            RegistrationData data = manager.parseRegistrationResponseJSON(json);
            var _ =
                    manager.verify(
                            data,
                            new RegistrationParameters(
                                    property(challenge, page), parameters(), false, true));
            return passkey(data);
        } catch (RuntimeException e) {
            throw refused("A new passkey", e);
        }
    }

    private static List<PublicKeyCredentialParameters> parameters() {
        return ALGORITHMS.stream()
                .map(
                        each ->
                                new PublicKeyCredentialParameters(
                                        PublicKeyCredentialType.PUBLIC_KEY,
                                        COSEAlgorithmIdentifier.create(each)))
                .toList();
    }

    private Passkey passkey(RegistrationData data) {
        AuthenticatorData<?> made = data.getAttestationObject().getAuthenticatorData();
        AttestedCredentialData key = made.getAttestedCredentialData();
        Set<AuthenticatorTransport> transports = data.getTransports();
        return new Passkey(
                Base64UrlUtil.encodeToString(key.getCredentialId()),
                Base64UrlUtil.encodeToString(keys.convert(key)),
                made.getSignCount(),
                made.isFlagUV(),
                made.isFlagBE(),
                made.isFlagBS(),
                transports == null
                        ? ""
                        : transports.stream()
                                .map(AuthenticatorTransport::getValue)
                                .filter(each -> each.matches("[a-z-]{1,20}"))
                                .sorted()
                                .limit(10)
                                .collect(Collectors.joining(",")));
    }

    /// Reads what a browser sent to sign in.
    ///
    /// @param json the browser's `AuthenticationResponseJSON`
    /// @throws io.natter.chat.domain.ChatException with `passkey_refused`
    public SignedChallenge read(String json) {
        try {
            return new SignedChallenge(manager.parseAuthenticationResponseJSON(json));
        } catch (RuntimeException e) {
            throw refused("A sign-in", e);
        }
    }

    /// The passkey after its use, with the new counter.
    ///
    /// @throws io.natter.chat.domain.ChatException with `passkey_refused`
    public Passkey used(SignedChallenge signed, Passkey passkey, String challenge, Page page) {
        try {
            AuthenticationData data =
                    manager.verify(
                            signed.data,
                            new AuthenticationParameters(
                                    property(challenge, page), record(passkey), null, false, true));
            AuthenticatorData<?> after = data.getAuthenticatorData();
            return new Passkey(
                    passkey.credential(),
                    passkey.key(),
                    after.getSignCount(),
                    passkey.verified() || after.isFlagUV(),
                    passkey.backupEligible(),
                    after.isFlagBS(),
                    passkey.transports());
        } catch (RuntimeException e) {
            throw refused("A sign-in", e);
        }
    }

    private CredentialRecord record(Passkey passkey) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                passkey.verified(),
                passkey.backupEligible(),
                passkey.backedUp(),
                passkey.counter(),
                keys.convert(Base64UrlUtil.decode(passkey.key())),
                null,
                null,
                null,
                null);
    }

    private static ServerProperty property(String challenge, Page page) {
        return ServerProperty.builder()
                .origin(new Origin(page.origin()))
                .rpId(page.id())
                .challenge(new DefaultChallenge(Base64UrlUtil.decode(challenge)))
                .build();
    }

    /// The log has the kind of the fault only: the rest is the browser's text.
    private static ChatException refused(String what, RuntimeException e) {
        log.info("{} with a passkey was refused: {}", what, e.getClass().getSimpleName());
        return ChatError.passkeyRefused().exception();
    }
}
