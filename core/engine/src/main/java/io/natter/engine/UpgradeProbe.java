package io.natter.engine;

import io.natter.host.TimeoutList;
import io.natter.protocol.EnginePacket;

/// A WebSocket that the client probes. It answers `2probe`, and ends the waiting `GET`s until the
/// client sends `5`. It fails on any other packet and after `upgradeTimeout`. The session stays on
/// polling in the meantime. On the session's strand.
final class UpgradeProbe {
    /// The protocol needs one. A client that sends more than a few may want the answers to
    /// accumulate.
    private static final int MAX_PROBES = 16;

    private enum Phase {
        ON_TRIAL,
        /// It passed, it failed, or the session ended. Later packets are ignored.
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

    /// The client does not send `5` while a `GET` waits. So a waiting `GET` is ended after 100 ms
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
