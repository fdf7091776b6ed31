package io.natter.chat.domain.person;

/// A person at an OpenID Connect provider. The issuer and the subject name the person for ever.
///
/// @param label what the person may know it by, such as an e-mail address
public record Identity(String issuer, String subject, String label) {
    /// Without the person.
    @Override
    public String toString() {
        return "Identity[" + issuer + "]";
    }
}
