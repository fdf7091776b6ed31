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
        pingInterval = new Deadlines(strand, options.pingInterval());
        pingTimeout = new Deadlines(strand, options.pingTimeout());
        clientPing = new Deadlines(strand, options.pingInterval().plus(options.pingTimeout()));
        upgradeTimeout = new Deadlines(strand, options.upgradeTimeout());
        upgradeCheck = new Deadlines(strand, UPGRADE_CHECK);
        closeTimeout = new Deadlines(strand, CLOSE_TIMEOUT);
    }
}
