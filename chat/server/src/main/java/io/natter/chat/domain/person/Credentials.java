package io.natter.chat.domain.person;

/// What a password is checked against.
///
/// @param person the id
/// @param hash an encoded argon2id hash
public record Credentials(String person, String hash) {
    @Override
    public String toString() {
        return "Credentials[" + person + "]";
    }
}
