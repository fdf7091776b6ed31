package io.natter.engine;

import io.natter.host.TimeoutList;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import org.jspecify.annotations.Nullable;

/// The upgrade of an [EngineSession] from polling to WebSocket. On the strand.
///
/// | call | the client |
/// |---|---|
/// | [#probe] | has opened a WebSocket |
/// | [#probed] | has sent `2probe` |
/// | [#upgrade] | has sent `5` |
/// | [#probeFailed], [#probeClosed] | has sent something else, or has closed the WebSocket |
abstract sealed class SessionUpgrade extends SessionLife permits SessionInput {
    private @Nullable WebSocketTransport probing;
    private @Nullable Unfinished unfinished;

    SessionUpgrade(SessionContext context, String id, EngineRequest call) {
        super(context, id, call);
    }

    /// A client closed its WebSocket during an upgrade, while none of its `GET`s waited. A page
    /// that is closed does so and sends nothing more. A client that stays with polling sends its
    /// next request at once. So the session ends if no request comes within the time of
    /// [SessionTimers#returnToPolling], and does not wait for its heartbeat.
    private static final class Unfinished extends TimeoutList.Timeout {
        private final SessionUpgrade session;
        private final PollingTransport polling;

        /// Whether the time has run out. Data that has come by now is read first.
        private boolean isOverdue;

        Unfinished(SessionUpgrade session, PollingTransport polling) {
            this.session = session;
            this.polling = polling;
            session.timers.returnToPolling.add(this);
        }

        @Override
        protected void expired() {
            if (polling.isReceiving()) {
                isOverdue = false;
                session.timers.returnToPolling.add(this);
            } else if (!isOverdue) {
                isOverdue = true;
                session.timers.afterStandstill.add(this);
            } else {
                session.end(
                        CloseReason.TRANSPORT_CLOSE,
                        "the WebSocket closed during the upgrade, and no request followed");
            }
        }
    }

    /// A WebSocket with this session's `sid` has opened.
    final WebSocketListener probe(WebSocketConnection connection, UpgradeRequest call) {
        if (state != SessionState.POLLING) {
            return UpgradeRequest.closed(connection);
        }
        use();
        pollingGoesOn();
        become(SessionState.PROBING, "a WebSocket opened");
        var webSocket = new WebSocketTransport(self(), connection, call);
        webSocket.startProbe();
        probing = webSocket;
        return webSocket;
    }

    /// The client sent `2probe`.
    final void probed() {
        guarded("upgrading", listener::upgrading);
    }

    /// Ends the waiting `GET` of a client that upgrades.
    final void nudge() {
        if (transport instanceof PollingTransport polling) {
            polling.nudge();
        }
    }

    final void probeFailed(String why) {
        probing = null;
        if (state == SessionState.PROBING) {
            become(SessionState.POLLING, why);
        }
    }

    /// The WebSocket of a probe closed. A waiting `GET` shows by itself when the client has gone.
    final void probeClosed(String why) {
        probeFailed(why);
        if (state == SessionState.POLLING
                && transport instanceof PollingTransport polling
                && !polling.isWritable()) {
            unfinished = new Unfinished(this, polling);
        }
    }

    /// The client has sent a request, or the session ends.
    final void pollingGoesOn() {
        var waiting = unfinished;
        if (waiting != null) {
            unfinished = null;
            waiting.cancel();
        }
    }

    /// The client sent `5`: from now on all packets go over the WebSocket, first those that wait.
    final void upgrade(WebSocketTransport webSocket) {
        probing = null;
        if (!(transport instanceof PollingTransport polling)) {
            throw new IllegalStateException("upgraded twice");
        }
        boolean open = state.isOpen();
        if (open) {
            become(SessionState.WEBSOCKET, "upgraded");
        }
        transport = webSocket;
        directConnection = webSocket.directConnection();
        transportName = webSocket.name();
        metrics().upgrades.increment();
        var rest = polling.take();
        polling.leave();
        if (!isReading) {
            webSocket.setReading(false);
        }
        webSocket.sendUnbounded(rest);
        if (open) {
            beat().moved();
            guarded("upgraded", listener::upgraded);
        } else {
            end(CloseReason.FORCED_CLOSE, "closed by the server");
        }
    }

    @Override
    final void endUpgrade() {
        pollingGoesOn();
        var probe = probing;
        if (probe != null) {
            probing = null;
            probe.abandon();
        }
    }
}
