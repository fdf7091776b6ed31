package io.natter.engine;

/// A session's heartbeat. In protocol 4 the server pings `pingInterval` after the last pong and the
/// client must answer within `pingTimeout`; in protocol 3 the client pings and may be silent for
/// both together.
///
/// | from | to | when |
/// |---|---|---|
/// | `RESTING` | `AWAITING_PONG` | `pingInterval` has passed: a ping goes out |
/// | `AWAITING_PONG` | `EXTENDED` | another packet than a pong came: the full `pingTimeout` again, once |
/// | `AWAITING_PONG`, `EXTENDED`, `RESTING` | `RESTING` | a pong came: the full `pingInterval` again |
/// | `CLIENT_PINGS` | `CLIENT_PINGS` | the client pinged |
/// | any | `STOPPED` | the session ended, or its time ran out, which ends it |
final class Heartbeat extends Deadlines.Entry {
    private enum Phase {
        RESTING,
        AWAITING_PONG,
        EXTENDED,
        CLIENT_PINGS,
        STOPPED
    }

    private final EngineSession session;
    private final StrandTimers timers;
    private Phase phase;

    Heartbeat(EngineSession session, StrandTimers timers) {
        this.session = session;
        this.timers = timers;
        if (session.protocol() == 3) {
            phase = Phase.CLIENT_PINGS;
            timers.clientPing.add(this);
        } else {
            phase = Phase.RESTING;
            timers.pingInterval.add(this);
        }
    }

    /// Any packet but a pong came.
    void touch() {
        if (phase == Phase.AWAITING_PONG) {
            phase = Phase.EXTENDED;
            timers.pingTimeout.add(this);
        }
    }

    /// The client answered a ping.
    void pong() {
        phase = Phase.RESTING;
        timers.pingInterval.add(this);
    }

    /// The client pinged, in protocol 3.
    void clientPing() {
        timers.clientPing.add(this);
    }

    /// The session moved to another transport: what the client answered on the old one may have
    /// been cut off, so it has the full time again.
    void moved() {
        switch (phase) {
            case AWAITING_PONG, EXTENDED -> timers.pingTimeout.add(this);
            case CLIENT_PINGS -> timers.clientPing.add(this);
            case RESTING, STOPPED -> {}
        }
    }

    void stop() {
        phase = Phase.STOPPED;
        cancel();
    }

    @Override
    protected void expired() {
        switch (phase) {
            case RESTING -> {
                phase = Phase.AWAITING_PONG;
                timers.pingTimeout.add(this);
                session.sendControl(Control.PING);
            }
            case AWAITING_PONG, EXTENDED ->
                    session.end(CloseReason.PING_TIMEOUT, "no pong came in time");
            case CLIENT_PINGS -> session.end(CloseReason.PING_TIMEOUT, "no ping came in time");
            case STOPPED -> {}
        }
    }
}
