package io.natter.engine;

import io.natter.host.TimeoutList;

/// A client closed its WebSocket in the middle of an upgrade, while no `GET` of it waited. A page
/// that is closed at that moment does so and sends nothing more. A client that stays with polling
/// sends its next request at once. So the session ends if no request comes within the time of
/// [SessionTimers#returnToPolling], and does not wait for its heartbeat. On the session's strand.
final class UnfinishedUpgrade extends TimeoutList.Timeout {
    private final EngineSession session;
    private final PollingTransport polling;

    /// Whether the time has run out, and what has come by now is read first.
    private boolean isOverdue;

    UnfinishedUpgrade(EngineSession session, PollingTransport polling) {
        this.session = session;
        this.polling = polling;
        session.timers().returnToPolling.add(this);
    }

    @Override
    protected void expired() {
        if (polling.isReceiving()) {
            isOverdue = false;
            session.timers().returnToPolling.add(this);
        } else if (!isOverdue) {
            isOverdue = true;
            session.timers().afterStandstill.add(this);
        } else {
            session.end(
                    CloseReason.TRANSPORT_CLOSE,
                    "the WebSocket closed during the upgrade, and no request followed");
        }
    }
}
