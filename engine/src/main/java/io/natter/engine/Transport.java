package io.natter.engine;

/// What carries an [EngineSession]'s packets out. On the session's strand.
sealed interface Transport permits PollingTransport, WebSocketTransport {

    TransportName name();

    /// Whether a packet given now goes out at once.
    boolean isWritable();

    /// Takes a message. May end the session where too much waits already.
    void send(Outgoing message);

    /// Takes a packet of the engine's own.
    void send(Control packet);

    /// The session ended with `reason`: says goodbye where the client can hear it and lets go of
    /// everything. `rule` is the rule that the client has broken, empty for none.
    void shut(CloseReason reason, String rule);
}
