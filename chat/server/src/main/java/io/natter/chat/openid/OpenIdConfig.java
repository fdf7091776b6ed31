package io.natter.chat.openid;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The OpenID Connect provider of the chat, and the people whom it lets in.
///
/// @param issuer the provider's name for itself, exactly
/// @param clientSecret empty for a public client
/// @param label the name of the provider on the page
/// @param create whether a person without an account gets one
/// @param nameClaim the claim with the person's name
/// @param emailDomains the domains of which a verified e-mail address is needed; empty for all
/// @param required a claim that is needed, null for none
/// @param only whether there is no other way to sign in
public record OpenIdConfig(
        String issuer,
        String clientId,
        String clientSecret,
        List<String> scopes,
        String label,
        boolean create,
        String nameClaim,
        List<String> emailDomains,
        @Nullable Requirement required,
        boolean only) {

    /// A claim and the value that it has, or that its list contains.
    public record Requirement(String claim, String value) {}

    /// Without the secret.
    @Override
    public String toString() {
        return "OpenIdConfig[" + issuer + "]";
    }
}
