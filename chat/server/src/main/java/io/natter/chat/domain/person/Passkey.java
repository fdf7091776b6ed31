package io.natter.chat.domain.person;

/// The public part of a passkey, as the server keeps it to check signatures.
///
/// @param credential the id that the authenticator gave it, in base64url
/// @param key WebAuthn's attested credential data, in base64url: the model of the authenticator,
///   the id and the public key
/// @param counter the authenticator's counter of signatures; 0 if it has none
/// @param verified whether the authenticator has verified its user once
/// @param backupEligible whether it can be copied to other devices
/// @param backedUp whether it has been copied
/// @param transports the ways to the authenticator, separated by commas
public record Passkey(
        String credential,
        String key,
        long counter,
        boolean verified,
        boolean backupEligible,
        boolean backedUp,
        String transports) {

    /// A passkey of an account.
    ///
    /// @param id names it to its person
    /// @param person the id of the person
    public record Stored(String id, String person, Passkey passkey) {}
}
