package io.natter.chat.wire;

import io.natter.chat.domain.person.SignInMethods;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Passkeys and OpenID Connect over HTTP: what clients send, and the answers.
public final class WireSignIn {
    private WireSignIn() {}

    // ---- requests

    /// The beginning of a step with a passkey.
    ///
    /// @param purpose `add`, `sign_in`, `sign_up` or `confirm`
    /// @param name of the new account; a guest without one keeps the present name
    public record PasskeyBegin(@Nullable String purpose, @Nullable String name) {}

    /// The end of a step with a passkey.
    ///
    /// @param credential the browser's answer, as `PublicKeyCredential.toJSON` has it
    /// @param name of the passkey
    public record PasskeyEnd(
            @Nullable String step,
            @Nullable JsonNode credential,
            @Nullable String name,
            @Nullable String device,
            @Nullable String invite,
            @Nullable String setup) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "PasskeyEnd[hidden]";
        }
    }

    public record Confirm(@Nullable String password) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "Confirm[hidden]";
        }
    }

    /// The beginning of a visit to the provider.
    ///
    /// @param purpose `sign_in`, `keep` for a guest who keeps the name, `link` or `confirm`
    /// @param path the place of the page to come back to
    public record OpenIdBegin(
            @Nullable String purpose,
            @Nullable String device,
            @Nullable String invite,
            @Nullable String setup,
            @Nullable String path) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "OpenIdBegin[" + purpose + "]";
        }
    }

    public record OpenIdStep(@Nullable String step, @Nullable String name) {}

    // ---- answers

    /// The ways to sign in here.
    ///
    /// @param passkeys whether passkeys work at this address
    public record Ways(boolean password, boolean passkeys, @Nullable Provider openid) {}

    public record Provider(String label) {}

    /// The ways of one person to sign in.
    ///
    /// @param confirmed whether the person has proved a moment ago who it is
    public record Methods(
            boolean password, List<Method> passkeys, List<Method> identities, boolean confirmed) {}

    public record Method(String id, String name, long createdAt, @Nullable Long usedAt) {}

    /// A step with a passkey that has begun.
    ///
    /// @param options for the browser, as `PublicKeyCredential.parse…OptionsFromJSON` take them
    public record Step(String step, Map<String, Object> options) {}

    public record Location(String location) {}

    /// How a sign-in at the provider went that did not end in the chat.
    ///
    /// @param problem a sentence
    /// @param code the code of the problem, for pages in other languages
    /// @param name the name to begin with where another is needed
    /// @param done `linked` or `confirmed`
    public record Outcome(
            @Nullable String problem,
            @Nullable String code,
            @Nullable String name,
            @Nullable String done) {}

    public static Methods methods(SignInMethods methods, boolean confirmed) {
        return new Methods(
                methods.password(),
                methods.passkeys().stream().map(WireSignIn::method).toList(),
                methods.identities().stream().map(WireSignIn::method).toList(),
                confirmed);
    }

    private static Method method(SignInMethods.Entry entry) {
        return new Method(entry.id(), entry.name(), entry.createdAt(), entry.usedAt());
    }
}
