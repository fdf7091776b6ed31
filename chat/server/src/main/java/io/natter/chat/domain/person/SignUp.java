package io.natter.chat.domain.person;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request for an account.
///
/// @param name null for a guest who keeps the present name
/// @param method the first way to sign in
/// @param guest the session of the guest whose person becomes the account's
/// @param invite the invite that it comes with
/// @param owner whether the token of the console came with it
/// @param id the id of the new person, null for any; a passkey holds it
public record SignUp(
        @Nullable PersonName name,
        SignInMethod method,
        Optional<SessionToken> guest,
        Optional<InviteToken> invite,
        boolean owner,
        Client client,
        @Nullable String id) {

    /// A sign-up with a password.
    ///
    /// @param hash the encoded hash of the password
    public SignUp(
            @Nullable PersonName name,
            String hash,
            Optional<SessionToken> guest,
            Optional<InviteToken> invite,
            boolean owner,
            Client client) {
        this(name, new SignInMethod.WithPassword(hash), guest, invite, owner, client, null);
    }
}
