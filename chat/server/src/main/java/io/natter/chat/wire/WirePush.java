package io.natter.chat.wire;

import io.natter.chat.domain.push.PushSubscription;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Push messages over HTTP.
public final class WirePush {
    private WirePush() {}

    /// The result of `PushSubscription.toJSON()` in a browser.
    public record Subscribe(@Nullable String endpoint, @Nullable Keys keys) {

        /// The subscription; empty if a part is missing or is no base64url.
        public Optional<PushSubscription> read() {
            Keys given = keys;
            if (endpoint == null
                    || given == null
                    || given.p256dh() == null
                    || given.auth() == null) {
                return Optional.empty();
            }
            try {
                var decoder = Base64.getUrlDecoder();
                return Optional.of(
                        new PushSubscription(
                                endpoint,
                                decoder.decode(given.p256dh()),
                                decoder.decode(given.auth())));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        /// Without what is secret.
        @Override
        public String toString() {
            return "Subscribe[hidden]";
        }
    }

    public record Keys(@Nullable String p256dh, @Nullable String auth) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "Keys[hidden]";
        }
    }

    /// The state of push messages in the asking browser.
    ///
    /// @param key the server's public key, for `PushManager.subscribe`
    /// @param on whether the session's browser has a subscription
    public record State(String key, boolean on) {}

    /// The outcome of a test message.
    ///
    /// @param taken whether the push service took the test message
    public record Tested(boolean taken) {}
}
