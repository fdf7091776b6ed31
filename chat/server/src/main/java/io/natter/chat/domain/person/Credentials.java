package io.natter.chat.domain.person;

/// The stored form of a password, to check against.
///
/// @param person the id
/// @param hash an encoded argon2id hash
public record Credentials(String person, String hash) {
    @Override
    public String toString() {
        return "Credentials[" + person + "]";
    }
}
