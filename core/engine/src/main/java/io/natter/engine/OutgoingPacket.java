package io.natter.engine;

import io.natter.engine.polling.PollingPacket;
import io.natter.protocol.EnginePacket;

/// A packet that waits in a session for its transport. Immutable; any thread.
sealed interface OutgoingPacket extends PollingPacket permits Outgoing, ControlPacket {

    /// The packet as a value.
    EnginePacket packet();

    /// Roughly how many bytes it takes while it waits.
    int size();

    /// Whether it may be compressed.
    boolean compress();

    /// It waits in one more queue.
    ///
    /// @return how many of its bytes count for that queue: they are shared by all in which it
    ///   waits, so that a large broadcast is not counted anew for every receiver
    int enqueued();

    /// It waits in one queue less.
    void dequeued();
}
