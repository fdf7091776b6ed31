package io.natter.chat.domain.person;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All ways of one person to sign in.
///
/// @param password whether there is a password
public record SignInMethods(boolean password, List<Entry> passkeys, List<Entry> identities) {
    /// The passkeys, and the identities, that an account may have.
    public static final int MOST = 20;

    /// A passkey or an identity, as its person sees it.
    ///
    /// @param id names it to its person; not a credential
    /// @param usedAt the last sign-in, null before the first
    public record Entry(String id, String name, long createdAt, @Nullable Long usedAt) {}
}
