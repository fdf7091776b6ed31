package io.natter.engine;

import io.natter.protocol.EnginePacket;

/// A WebSocket on trial: it answers `2probe`, ends the waiting `GET`s until the client sends `5`,
/// and gives up on anything else and after `upgradeTimeout`. The session stays on polling
/// meanwhile. On the session's strand.
final class UpgradeProbe {
    private enum Phase {
        ON_TRIAL,
        /// Passed, failed or overtaken by the session's end: what still comes is nobody's.
        OVER
    }

    private final EngineSession session;
    private final WebSocketTransport transport;
    private Phase phase = Phase.ON_TRIAL;

    private final Deadlines.Entry timeout =
            new Deadlines.Entry() {
                @Override
                protected void expired() {
                    failed("upgradeTimeout has passed");
                }
            };

    private final Deadlines.Entry check =
            new Deadlines.Entry() {
                @Override
                protected void expired() {
                    nudge();
                }
            };

    UpgradeProbe(EngineSession session, WebSocketTransport transport) {
        this.session = session;
        this.transport = transport;
        session.share().upgradeTimeout.add(timeout);
    }

    void received(EnginePacket packet) {
        if (phase == Phase.OVER) {
            return;
        }
        switch (packet) {
            case EnginePacket.Ping(var data) when data.equals("probe") -> {
                transport.sendProbePong();
                session.probed();
                nudge();
            }
            case EnginePacket.Upgrade() -> {
                stop();
                transport.endProbe();
                session.upgrade(transport);
            }
            case EnginePacket.Malformed(var reason) -> failed(reason);
            case EnginePacket.Open _,
                    EnginePacket.Close _,
                    EnginePacket.Ping _,
                    EnginePacket.Pong _,
                    EnginePacket.Text _,
                    EnginePacket.Binary _,
                    EnginePacket.Noop _ ->
                    failed(
                            "expected a probe or an upgrade, got "
                                    + packet.getClass().getSimpleName());
        }
    }

    /// Ends the waiting `GET`, now and every 100 ms: the client does not send `5` while one is out.
    private void nudge() {
        session.nudge();
        session.share().upgradeCheck.add(check);
    }

    void failed(String why) {
        if (phase == Phase.ON_TRIAL) {
            stop();
            transport.close();
            session.probeFailed(why);
        }
    }

    /// Stops the clocks.
    void stop() {
        phase = Phase.OVER;
        timeout.cancel();
        check.cancel();
    }
}
