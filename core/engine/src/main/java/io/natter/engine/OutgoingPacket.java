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
    /// @return the number of its bytes that count for that queue. The queues in which it waits
    ///   share them, so a large broadcast does not count again for every receiver
    int enqueued();

    /// It waits in one queue less.
    void dequeued();
}
