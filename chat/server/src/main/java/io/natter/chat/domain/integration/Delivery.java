package io.natter.chat.domain.integration;

import java.time.Duration;

/// An event that waits for its delivery to a webhook.
///
/// @param messageId the value of `webhook-id`, the same at each attempt
/// @param attempts that have failed
public record Delivery(
        long id,
        String webhook,
        String url,
        SigningSecret secret,
        String messageId,
        String body,
        int attempts) {
    /// After so many failures a delivery is dropped.
    public static final int MAX_ATTEMPTS = 15;

    /// A webhook of which no delivery was taken for so long is disabled.
    public static final Duration PATIENCE = Duration.ofDays(3);

    private static final long FIRST_WAIT_MS = 10_000;
    private static final long LONGEST_WAIT_MS = Duration.ofHours(6).toMillis();

    /// The pause after a number of failures in a row: 10 s, 40 s, 160 s, … and at most 6 hours.
    public static long waitMs(int failures) {
        int doublings = Math.clamp(2L * (failures - 1), 0, 40);
        return Math.min(FIRST_WAIT_MS << doublings, LONGEST_WAIT_MS);
    }
}
