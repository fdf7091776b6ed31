package io.natter.engine;

import io.natter.protocol.EnginePacket;

/// Sees every packet of every session: npm `engine.io`'s events `packet` and `packetCreate`, for
/// statistics and for looking at the wire. Called on the session's strand; must not block, and must
/// not write to a packet's bytes.
public interface PacketObserver {

    /// A packet came, before anything is done about it.
    default void received(EngineSession session, EnginePacket packet) {}

    /// A packet was given to the session to be sent; it may still wait.
    default void sent(EngineSession session, EnginePacket packet) {}
}
