package io.natter.chat.domain.person;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Keeps passkeys and identities. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore].
public interface SignInMethodStore {

    /// The ways of a person to sign in.
    SignInMethods of(Person person);

    /// The passkey with this credential id, in base64url.
    Optional<Passkey.Stored> passkey(String credential);

    /// The passkeys of a person.
    List<Passkey> passkeys(Person person);

    /// Adds a passkey to an account. Fails with `account_needed`, `passkey_known` or
    /// `too_many_methods`.
    CompletableFuture<Boolean> addPasskey(Person person, SignInMethod.WithPasskey added);

    /// Notes the use of a passkey. Fails with `passkey_refused` if it was removed or used
    /// meanwhile.
    ///
    /// @param after the passkey with its new counter
    CompletableFuture<Boolean> usePasskey(Passkey.Stored used, Passkey after);

    /// Notes the use of a passkey and opens a session. Fails as [#usePasskey], and with `banned`.
    ///
    /// @param replaced the browser's session until now, which ends
    CompletableFuture<SignedIn> signIn(
            Passkey.Stored used, Passkey after, Client client, Optional<SessionToken> replaced);

    /// Removes a passkey. Fails with `method_unknown`, or with `last_method` if the person could
    /// not sign in any more.
    CompletableFuture<Boolean> removePasskey(Person person, String id);

    /// The id of the person whose account has this identity.
    Optional<String> holder(Identity identity);

    /// Opens a session of the account with this identity. Fails with `no_account` and `banned`.
    ///
    /// @param replaced the browser's session until now, which ends
    CompletableFuture<SignedIn> signIn(
            Identity identity, Client client, Optional<SessionToken> replaced);

    /// Links an identity to an account. Fails with `account_needed`, `identity_taken` or
    /// `too_many_methods`.
    CompletableFuture<Boolean> link(Person person, Identity identity);

    /// Removes an identity from an account. Fails with `method_unknown` or `last_method`.
    ///
    /// @param onlyIdentities whether people sign in by identities only
    CompletableFuture<Boolean> unlink(Person person, String id, boolean onlyIdentities);
}
