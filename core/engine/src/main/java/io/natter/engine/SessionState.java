package io.natter.engine;

/// The life of a session. It starts in [#OPENING] and ends in [#CLOSED]. These are all transitions:
///
/// | from | to | when |
/// |---|---|---|
/// | `OPENING` | `POLLING` | the handshake came by a polling `GET` and was answered |
/// | `OPENING` | `WEBSOCKET` | the handshake came by a WebSocket and `0{…}` was sent |
/// | `POLLING` | `PROBING` | a WebSocket with the session's `sid` opened |
/// | `PROBING` | `POLLING` | that WebSocket closed, sent something else than `2probe` and `5`, or was too slow (`upgradeTimeout`) |
/// | `PROBING` | `WEBSOCKET` | `5` came: what waits is flushed over the WebSocket |
/// | `POLLING`, `PROBING` | `CLOSING` | the owner closed it and no `GET` waits that could take the rest |
/// | any but `CLOSED` | `CLOSED` | the end: forced, by the peer, by an error or by a timeout |
///
/// In this table a WebTransport session counts as a WebSocket.
///
/// While `CLOSING` nothing more is accepted from the owner or from the client. The next `GET` takes
/// the waiting messages, and the one after it the close packet. A probe that has begun may still
/// end with `5`, and then the rest leaves over the WebSocket. If neither comes within 30 seconds,
/// the session is closed all the same.
public enum SessionState {
    /// Being made; nothing has been sent.
    OPENING,
    /// Open on polling.
    POLLING,
    /// Open on polling, with a WebSocket that has not yet taken over.
    PROBING,
    /// Open on a WebSocket or a WebTransport session, for good.
    WEBSOCKET,
    /// Closed by the owner; what was sent before still waits for the client.
    CLOSING,
    /// Over.
    CLOSED;

    /// Whether messages may be sent and are received.
    public boolean isOpen() {
        return switch (this) {
            case POLLING, PROBING, WEBSOCKET -> true;
            case OPENING, CLOSING, CLOSED -> false;
        };
    }

    /// Whether the table above has a step from this state to `next`.
    public boolean mayBecome(SessionState next) {
        return switch (this) {
            case OPENING -> next == POLLING || next == WEBSOCKET || next == CLOSED;
            case POLLING -> next == PROBING || next == CLOSING || next == CLOSED;
            case PROBING ->
                    next == POLLING || next == WEBSOCKET || next == CLOSING || next == CLOSED;
            case WEBSOCKET, CLOSING -> next == CLOSED;
            case CLOSED -> false;
        };
    }
}
