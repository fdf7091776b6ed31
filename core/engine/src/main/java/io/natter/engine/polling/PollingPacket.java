package io.natter.engine.polling;

import io.natter.protocol.EngineMessage;
import org.jspecify.annotations.Nullable;

/// A packet in the body of an answer to a `GET`.
public interface PollingPacket {

    /// The packet in the text form of protocol 3 or 4. Shared: not to be written to.
    byte[] text(int protocol);

    /// The message of the packet, or null if it is no message.
    @Nullable EngineMessage frame();
}
