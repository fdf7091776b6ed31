package io.natter.engine;

import io.natter.protocol.EnginePacket;

/// The requests and packets that an [EngineSession] gets from its client. On the strand.
abstract sealed class SessionInput extends SessionUpgrade permits EngineSession {
    static final Refusal UNKNOWN = new Refusal(ConnectionError.Code.UNKNOWN_SID, "sid unknown");

    /// The client has sent a close packet that takes effect later.
    private boolean isLeaving;

    SessionInput(SessionContext context, String id, EngineRequest call) {
        super(context, id, call);
    }

    abstract void sendControl(ControlPacket packet);

    /// A request with this session's `sid`. The session's state may have changed since it was sent.
    final void http(PollingRequest call) {
        try {
            answer(call);
        } catch (Throwable e) {
            failed("a request", e);
            call.fail();
        }
    }

    private void answer(PollingRequest call) {
        pollingGoesOn();
        if (state == SessionState.CLOSED) {
            call.refuse(UNKNOWN);
        } else if (beat().isOverdue() && call.request().method().equals("GET")) {
            // Behind the timer that may end the session. That timer may wait for a POST.
            var ignored = strand.schedule(() -> http(call), beat().untilDue());
        } else if (transport instanceof PollingTransport polling) {
            use();
            polling.request(call);
        } else {
            call.refuse(new Refusal(ConnectionError.Code.BAD_REQUEST, "TRANSPORT_MISMATCH"));
        }
    }

    /// A message of text came.
    final void text(byte[] buffer, int from, int to) {
        if (state.isOpen()) {
            if (observer != null
                    && !observeReceived(observer, new EnginePacket.Text(buffer, from, to))) {
                return;
            }
            beat().touch();
            hear(buffer, from, to);
        }
    }

    /// A packet came. While the session is closing, packets are ignored.
    final void received(EnginePacket packet) {
        if (!state.isOpen() || isLeaving) {
            return;
        }
        if (observer != null && !observeReceived(observer, packet)) {
            return;
        }
        if (!(packet instanceof EnginePacket.Pong)) {
            beat().touch();
        }
        switch (packet) {
            case EnginePacket.Text(var buffer, var from, var to) -> hear(buffer, from, to);
            case EnginePacket.Binary(var data) -> hear(data);
            case EnginePacket.Ping ignored when protocol == 3 -> {
                beat().clientPing();
                sendControl(ControlPacket.PONG);
                guarded("heartbeat", listener::heartbeat);
            }
            case EnginePacket.Pong ignored when protocol == 4 -> {
                beat().pong();
                guarded("heartbeat", listener::heartbeat);
            }
            case EnginePacket.Ping ignored -> invalidHeartbeat();
            case EnginePacket.Pong ignored -> invalidHeartbeat();
            case EnginePacket.Close() -> closedByClient();
            case EnginePacket.Malformed(var reason) -> end(CloseReason.PARSE_ERROR, reason);
            // As in npm's server, other packets have no meaning in an open session.
            default -> {}
        }
    }

    private void invalidHeartbeat() {
        end(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
    }

    /// The client sent a close packet. By polling, a `GET` that it sent before on another
    /// connection may still be on its way here from another strand, and must be answered.
    private void closedByClient() {
        Runnable end = () -> end(CloseReason.TRANSPORT_CLOSE, "closed by the client");
        if (transport instanceof PollingTransport polling && !polling.isWritable()) {
            isLeaving = true;
            strand.executeAfterAllReads(end);
        } else {
            end.run();
        }
    }

    /// Whether the client has sent a close packet that has not ended the session yet.
    final boolean isLeaving() {
        return isLeaving;
    }
}
