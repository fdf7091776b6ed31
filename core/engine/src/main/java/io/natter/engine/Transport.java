package io.natter.engine;

import java.util.List;

/// Carries the packets of an [EngineSession] to the client. On the session's strand.
sealed interface Transport permits PollingInput, WebSocketTransport {

    TransportName name();

    /// Whether a packet given now goes out at once.
    boolean isWritable();

    /// Whether nothing waits for the client, not even for the end of the strand's pass, and a
    /// packet sent now goes out at once.
    boolean isIdle();

    /// Whether less than `bytes` wait for the client, once what was written has been handed on.
    boolean takesMore(long bytes);

    /// Stops or resumes taking what the client sends.
    void setReading(boolean on);

    /// Takes a message. May end the session if too much waits already.
    void send(Outgoing message);

    /// Takes a packet of the engine's own. Of those that answer the client no more than one waits.
    void send(ControlPacket packet);

    /// Takes packets even if much waits: only the memory budget limits them.
    void sendUnbounded(List<? extends OutgoingPacket> packets);

    /// The session ended with `reason`: sends a close packet if the client can receive it, and
    /// releases everything. `rule` is the rule that the client has broken, or empty.
    void shut(CloseReason reason, String rule);
}
