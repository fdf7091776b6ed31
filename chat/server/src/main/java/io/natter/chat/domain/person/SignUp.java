package io.natter.chat.domain.person;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request for an account.
///
/// @param name null for a guest who keeps the present name
/// @param hash the encoded hash of the password
/// @param guest the session of the guest whose person becomes the account's
/// @param invite the invite that it comes with
/// @param owner whether the token of the console came with it
public record SignUp(
        @Nullable PersonName name,
        String hash,
        Optional<SessionToken> guest,
        Optional<InviteToken> invite,
        boolean owner,
        Client client) {}
