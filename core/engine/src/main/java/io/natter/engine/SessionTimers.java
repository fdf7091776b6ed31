package io.natter.engine;

import io.natter.host.Strand;
import io.natter.host.StrandCounter;
import io.natter.host.TimeoutList;
import java.time.Duration;

/// The state that all sessions of one strand share: a list of timeouts for each duration of the
/// protocol, and the counters of packets.
final class SessionTimers {
    /// How long the rest of a closed session waits for a `GET`, as in npm `engine.io`.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /// The time between two checks for a waiting `GET` while a client upgrades.
    private static final Duration UPGRADE_CHECK = Duration.ofMillis(100);

    /// How long a client may take to go on with polling when it has closed the WebSocket of an
    /// upgrade. It needs one round trip.
    private static final Duration RETURN_TO_POLLING = Duration.ofSeconds(5);

    /// The time for an overdue client when the strand stood still: all strands read what came
    /// meanwhile, and pass it on.
    private static final Duration AFTER_STANDSTILL = Duration.ofMillis(50);

    final TimeoutList pingInterval;

    /// From when a ping was due.
    final TimeoutList pingTimeout;

    /// The same time from now.
    final TimeoutList pingTimeoutAgain;

    /// Expires after the host has read what has come.
    final TimeoutList nextTurn;

    final TimeoutList afterStandstill;

    /// Protocol 3: how long the client may be silent.
    final TimeoutList clientPing;

    final TimeoutList upgradeTimeout;
    final TimeoutList upgradeCheck;
    final TimeoutList returnToPolling;
    final TimeoutList closeTimeout;

    final UnusedSessions unusedSessions;

    final StrandCounter.Cell packetsIn;
    final StrandCounter.Cell packetsOut;
    final StrandCounter.Cell bytesIn;
    final StrandCounter.Cell bytesOut;

    SessionTimers(Strand strand, EngineOptions options, EngineMetrics metrics) {
        packetsIn = metrics.packetsIn.cell();
        packetsOut = metrics.packetsOut.cell();
        bytesIn = metrics.bytesIn.cell();
        bytesOut = metrics.bytesOut.cell();
        pingInterval = new TimeoutList(strand, options.pingInterval());
        pingTimeout = new TimeoutList(strand, options.pingTimeout());
        pingTimeoutAgain = new TimeoutList(strand, options.pingTimeout());
        nextTurn = new TimeoutList(strand, Duration.ZERO);
        afterStandstill = new TimeoutList(strand, AFTER_STANDSTILL);
        clientPing = new TimeoutList(strand, options.pingInterval().plus(options.pingTimeout()));
        upgradeTimeout = new TimeoutList(strand, options.upgradeTimeout());
        upgradeCheck = new TimeoutList(strand, UPGRADE_CHECK);
        returnToPolling = new TimeoutList(strand, RETURN_TO_POLLING);
        closeTimeout = new TimeoutList(strand, CLOSE_TIMEOUT);
        unusedSessions = new UnusedSessions(options);
    }

    /// Counts a packet that leaves.
    void sent(int bytes) {
        packetsOut.add(1);
        bytesOut.add(bytes);
    }
}
