package io.natter.chat.domain.push;

/// Where and how a browser takes push messages, as `PushManager.subscribe` gave it to the page.
///
/// @param endpoint the address at the browser's push service
/// @param key the browser's public key (`p256dh`): an uncompressed point on P-256, 65 bytes
/// @param auth the secret of the subscription, 16 bytes
public record PushSubscription(String endpoint, byte[] key, byte[] auth) {

    /// The longest endpoint that is stored, in characters.
    public static final int MAX_ENDPOINT = 1024;

    /// The most subscriptions of one person; a new one takes the place of the oldest.
    public static final int MAX_OF_PERSON = 20;

    @Override
    public String toString() {
        return "PushSubscription[hidden]"; // the endpoint alone lets anybody send to it
    }
}
