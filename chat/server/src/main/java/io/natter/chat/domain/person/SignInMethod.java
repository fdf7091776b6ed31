package io.natter.chat.domain.person;

/// A way to sign in, as a new account gets its first.
public sealed interface SignInMethod {
    /// A password.
    ///
    /// @param hash an encoded argon2id hash
    record WithPassword(String hash) implements SignInMethod {
        @Override
        public String toString() {
            return "WithPassword[hidden]";
        }
    }

    /// A passkey.
    ///
    /// @param name what the person calls it
    record WithPasskey(String name, Passkey passkey) implements SignInMethod {}

    /// An account at an OpenID Connect provider.
    record WithIdentity(Identity identity) implements SignInMethod {}
}
