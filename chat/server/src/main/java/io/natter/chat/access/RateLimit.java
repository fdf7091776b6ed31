package io.natter.chat.access;

import java.time.Duration;

/// A token bucket: `burst` things at once, then `perSecond` on average. Guarded by its owner.
final class RateLimit {
    private final double perMilli;
    private final double burst;
    private double tokens;
    private long at;

    RateLimit(double perSecond, double burst, long nowMillis) {
        this.perMilli = perSecond / 1000;
        this.burst = burst;
        this.tokens = burst;
        this.at = nowMillis;
    }

    /// How long to wait until the next is allowed; zero for now. Takes nothing.
    Duration waitFor(long nowMillis) {
        refill(nowMillis);
        return tokens >= 1
                ? Duration.ZERO
                : Duration.ofMillis((long) Math.ceil((1 - tokens) / perMilli));
    }

    /// Uses one up, after [#waitFor] said zero.
    void take() {
        tokens -= 1;
    }

    private void refill(long nowMillis) {
        // A clock set back gives nothing and takes nothing.
        tokens = Math.min(burst, tokens + Math.max(0, nowMillis - at) * perMilli);
        at = nowMillis;
    }
}
