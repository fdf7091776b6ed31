package io.natter.chat.push;

import io.natter.chat.domain.push.PushSubscription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Sends one push message by RFC 8030. Blocks until the push service has answered.
final class PushSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// So long the service keeps a message for a browser that is off.
    private static final Duration KEPT = Duration.ofDays(1);

    private final VapidKeys keys;
    private final String contact;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /// @param contact where the maker of a push service reaches the operator: a `mailto:` or
    ///   `https:` address
    PushSender(VapidKeys keys, String contact, InstantSource clock) {
        this.keys = keys;
        this.contact = contact;
        this.clock = clock;
    }

    /// The answer of a push service.
    enum Outcome {
        /// It will deliver the message.
        TAKEN,
        /// The subscription is over: forget it.
        GONE,
        /// It refused the message, or could not be reached. A later message may get through.
        FAILED
    }

    /// @param topic a later message of the same topic takes the place of one that still waits; at
    ///   most 32 letters, digits, `-` and `_`
    Outcome send(PushSubscription to, byte[] text, @Nullable String topic)
            throws InterruptedException {
        try {
            URI endpoint = URI.create(to.endpoint());
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(endpoint)
                            .timeout(TIMEOUT)
                            .header("Authorization", keys.authorization(endpoint, contact, clock))
                            .header("Content-Encoding", "aes128gcm")
                            .header("Content-Type", "application/octet-stream")
                            .header("TTL", Long.toString(KEPT.toSeconds()))
                            .header("Urgency", "high");
            if (topic != null) {
                request.header("Topic", topic);
            }
            byte[] body = PushCipher.encrypt(text, to);
            HttpResponse<Void> answer =
                    http.send(
                            request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                            HttpResponse.BodyHandlers.discarding());
            return switch (answer.statusCode()) {
                case 200, 201, 202, 204 -> Outcome.TAKEN;
                case 404, 410 -> Outcome.GONE;
                default -> Outcome.FAILED;
            };
        } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
            return Outcome.FAILED;
        }
    }

    void close() {
        http.shutdownNow();
    }
}
