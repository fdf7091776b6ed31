package io.natter.engine;

import io.natter.host.TimeoutList;
import io.natter.protocol.EnginePacket;

/// A WebSocket on trial: it answers `2probe`, ends the waiting `GET`s until the client sends `5`,
/// and gives up on anything else and after `upgradeTimeout`. The session stays on polling
/// meanwhile. On the session's strand.
final class UpgradeProbe {
    /// The protocol needs one. More than a few come from somebody who wants answers to pile up.
    private static final int MAX_PROBES = 16;

    private enum Phase {
        ON_TRIAL,
        /// Passed, failed or overtaken by the session's end: what still comes is nobody's.
        OVER
    }

    private final EngineSession session;
    private final WebSocketTransport transport;
    private Phase phase = Phase.ON_TRIAL;
    private int probes;

    private final TimeoutList.Timeout timeout =
            new TimeoutList.Timeout() {
                @Override
                protected void expired() {
                    failed("upgradeTimeout has passed");
                }
            };

    private final TimeoutList.Timeout check =
            new TimeoutList.Timeout() {
                @Override
                protected void expired() {
                    session.nudge();
                    awaitUpgrade();
                }
            };

    UpgradeProbe(EngineSession session, WebSocketTransport transport) {
        this.session = session;
        this.transport = transport;
        session.timers().upgradeTimeout.add(timeout);
    }

    void received(EnginePacket packet) {
        if (phase == Phase.OVER) {
            return;
        }
        switch (packet) {
            case EnginePacket.Ping(var data) when data.equals("probe") -> probed();
            case EnginePacket.Upgrade() -> {
                stop();
                transport.endProbe();
                session.upgrade(transport);
            }
            case EnginePacket.Malformed(var reason) -> failed(reason);
            default ->
                    failed(
                            "expected a probe or an upgrade, got "
                                    + packet.getClass().getSimpleName());
        }
    }

    private void probed() {
        probes++;
        if (probes > 1 && (probes > MAX_PROBES || !transport.isWritable())) {
            session.limitExceeded(
                    LimitExceeded.Limit.UPGRADE_PROBES, probes + " probes on one WebSocket");
            failed("too many probes");
            return;
        }
        transport.sendProbePong();
        session.probed();
        if (phase == Phase.ON_TRIAL) {
            awaitUpgrade();
        }
    }

    /// The client does not send `5` while a `GET` is out, so one that waits is ended, after 100 ms
    /// and again every 100 ms, as in npm `engine.io`.
    private void awaitUpgrade() {
        session.timers().upgradeCheck.add(check);
    }

    void failed(String why) {
        if (phase == Phase.ON_TRIAL) {
            stop();
            transport.close();
            session.probeFailed(why);
        }
    }

    /// The connection closed, and not because the probe failed before.
    void closed(int code) {
        if (phase == Phase.ON_TRIAL) {
            stop();
            session.probeClosed("the WebSocket closed with " + code);
        }
    }

    /// Stops the clocks.
    void stop() {
        phase = Phase.OVER;
        timeout.cancel();
        check.cancel();
    }
}
