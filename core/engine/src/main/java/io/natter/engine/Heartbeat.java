package io.natter.engine;

import io.natter.host.TimeoutList;

/// A session's heartbeat. In protocol 4 the server pings `pingInterval` after the last pong, and
/// the client must answer within `pingTimeout`. In protocol 3 the client pings, and may be silent
/// for both times together. The time for the pong counts from when its ping was due.
///
/// | from | to | when |
/// |---|---|---|
/// | `RESTING` | `AWAITING_PONG` | `pingInterval` has passed: a ping goes out |
/// | `AWAITING_PONG`, `OVERDUE` | `EXTENDED` | another packet than a pong came: the full `pingTimeout` again, once |
/// | `AWAITING_PONG`, `EXTENDED`, `CLIENT_PINGS` | `OVERDUE`, `EXTENDED_OVERDUE`, `CLIENT_OVERDUE` | the time has run out: what has come by now is read first |
/// | any but `STOPPED`, in protocol 4 | `RESTING` | a pong came: the full `pingInterval` again |
/// | `CLIENT_PINGS`, `CLIENT_OVERDUE` | `CLIENT_PINGS` | the client pinged |
/// | any | `STOPPED` | the session ended, or was `OVERDUE` for long enough, which ends it |
final class Heartbeat extends TimeoutList.Timeout {
    private enum Phase {
        RESTING,
        AWAITING_PONG,
        EXTENDED,
        CLIENT_PINGS,
        OVERDUE,
        EXTENDED_OVERDUE,
        CLIENT_OVERDUE,
        STOPPED
    }

    /// A timer that runs later than this was held up.
    private static final long STANDSTILL_NANOS = 10_000_000;

    private final EngineSession session;
    private final SessionTimers timers;
    private Phase phase;

    Heartbeat(EngineSession session, SessionTimers timers) {
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
        if (phase == Phase.AWAITING_PONG || phase == Phase.OVERDUE) {
            await(Phase.EXTENDED);
        }
    }

    /// Waits the full time from now.
    private void await(Phase waiting) {
        phase = waiting;
        timers.pingTimeoutAgain.add(this);
    }

    /// The client answered a ping.
    void pong() {
        phase = Phase.RESTING;
        timers.pingInterval.add(this);
    }

    /// The client pinged, in protocol 3.
    void clientPing() {
        phase = Phase.CLIENT_PINGS;
        timers.clientPing.add(this);
    }

    /// The session moved to another transport. An answer of the client on the old one may have been
    /// lost, so the client has the full time again.
    void moved() {
        switch (phase) {
            case AWAITING_PONG, OVERDUE -> await(Phase.AWAITING_PONG);
            case EXTENDED, EXTENDED_OVERDUE -> await(Phase.EXTENDED);
            case CLIENT_PINGS, CLIENT_OVERDUE -> clientPing();
            case RESTING, STOPPED -> {}
        }
    }

    void stop() {
        phase = Phase.STOPPED;
        cancel();
    }

    /// Whether the client's time has run out by the clock, even if the timer has not run yet.
    boolean isOverdue() {
        return switch (phase) {
            case AWAITING_PONG, EXTENDED, CLIENT_PINGS -> late() >= 0;
            case OVERDUE, EXTENDED_OVERDUE, CLIENT_OVERDUE -> true;
            case RESTING, STOPPED -> false;
        };
    }

    /// The nanoseconds after which an overdue session is checked again.
    long untilDue() {
        return Math.max(0, -late());
    }

    private long late() {
        return session.strand().nanoTime() - due();
    }

    @Override
    protected void expired() {
        switch (phase) {
            case RESTING -> {
                phase = Phase.AWAITING_PONG;
                timers.pingTimeout.addSince(this, due());
                session.sendControl(ControlPacket.PING);
            }
            case AWAITING_PONG -> lookOnceMore(Phase.OVERDUE);
            case EXTENDED -> lookOnceMore(Phase.EXTENDED_OVERDUE);
            case CLIENT_PINGS -> lookOnceMore(Phase.CLIENT_OVERDUE);
            case OVERDUE, EXTENDED_OVERDUE -> end("no pong came in time");
            case CLIENT_OVERDUE -> end("no ping came in time");
            case STOPPED -> {}
        }
    }

    private void lookOnceMore(Phase overdue) {
        phase = overdue;
        var wait = late() < STANDSTILL_NANOS ? timers.nextTurn : timers.afterStandstill;
        wait.add(this);
    }

    private void end(String detail) {
        session.end(CloseReason.PING_TIMEOUT, detail);
    }
}
