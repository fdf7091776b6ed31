package io.natter.engine;

import io.natter.protocol.EnginePacket;

/// What may wait in a session for its transport. Immutable; any thread.
sealed interface Queued permits Outgoing, Control {

    /// The packet in the text form of protocol 3 or 4. Shared: not to be written to.
    byte[] text(int protocol);

    /// The packet as a value.
    EnginePacket packet();

    /// Roughly how many bytes it takes while it waits.
    int size();

    /// Whether it may be compressed.
    boolean compress();
}
