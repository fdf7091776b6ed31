package io.natter.engine;

import java.time.Duration;

/// The deadlines of one strand's sessions, a list for each duration that the protocol knows.
final class StrandTimers {
    /// How long the rest of a closed session waits for a `GET`, as in npm `engine.io`.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /// How often a waiting `GET` is looked for while a client upgrades.
    private static final Duration UPGRADE_CHECK = Duration.ofMillis(100);

    final Deadlines pingInterval;
    final Deadlines pingTimeout;

    /// Protocol 3: how long the client may be silent.
    final Deadlines clientPing;

    final Deadlines upgradeTimeout;
    final Deadlines upgradeCheck;
    final Deadlines closeTimeout;

    StrandTimers(Strand strand, EngineOptions options) {
        pingInterval = list(strand, options.pingInterval());
        pingTimeout = list(strand, options.pingTimeout());
        clientPing = list(strand, options.pingInterval().plus(options.pingTimeout()));
        upgradeTimeout = list(strand, options.upgradeTimeout());
        upgradeCheck = list(strand, UPGRADE_CHECK);
        closeTimeout = list(strand, CLOSE_TIMEOUT);
    }

    private static Deadlines list(Strand strand, Duration duration) {
        return new Deadlines(strand, duration.toNanos());
    }
}
