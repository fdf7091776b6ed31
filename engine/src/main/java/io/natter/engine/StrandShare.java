package io.natter.engine;

import java.time.Duration;

/// What the sessions of one strand share: their deadlines, a list for each duration that the
/// protocol knows, and what they count with every packet.
final class StrandShare {
    /// How long the rest of a closed session waits for a `GET`, as in npm `engine.io`.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /// How often a waiting `GET` is looked for while a client upgrades.
    private static final Duration UPGRADE_CHECK = Duration.ofMillis(100);

    /// How long an overdue client is listened for when the strand stood still: all strands read
    /// what came meanwhile, and pass it on.
    private static final Duration AFTER_STANDSTILL = Duration.ofMillis(50);

    final Deadlines pingInterval;

    /// From when a ping was due.
    final Deadlines pingTimeout;

    /// The same time from now.
    final Deadlines pingTimeoutAgain;

    /// A host reads what has come before it comes to this.
    final Deadlines nextTurn;

    final Deadlines afterStandstill;

    /// Protocol 3: how long the client may be silent.
    final Deadlines clientPing;

    final Deadlines upgradeTimeout;
    final Deadlines upgradeCheck;
    final Deadlines closeTimeout;

    final Tally.Part packetsIn;
    final Tally.Part packetsOut;
    final Tally.Part bytesIn;
    final Tally.Part bytesOut;

    StrandShare(Strand strand, EngineOptions options, EngineMetrics metrics) {
        packetsIn = metrics.packetsIn.part();
        packetsOut = metrics.packetsOut.part();
        bytesIn = metrics.bytesIn.part();
        bytesOut = metrics.bytesOut.part();
        pingInterval = new Deadlines(strand, options.pingInterval());
        pingTimeout = new Deadlines(strand, options.pingTimeout());
        pingTimeoutAgain = new Deadlines(strand, options.pingTimeout());
        nextTurn = new Deadlines(strand, Duration.ZERO);
        afterStandstill = new Deadlines(strand, AFTER_STANDSTILL);
        clientPing = new Deadlines(strand, options.pingInterval().plus(options.pingTimeout()));
        upgradeTimeout = new Deadlines(strand, options.upgradeTimeout());
        upgradeCheck = new Deadlines(strand, UPGRADE_CHECK);
        closeTimeout = new Deadlines(strand, CLOSE_TIMEOUT);
    }

    /// Counts a packet that leaves.
    void sent(int bytes) {
        packetsOut.add(1);
        bytesOut.add(bytes);
    }
}
