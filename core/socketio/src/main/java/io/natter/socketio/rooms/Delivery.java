package io.natter.socketio.rooms;

import io.natter.engine.Outgoing;
import io.natter.protocol.Packet;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.List;

/// One broadcast on its way to the strands.
///
/// @param messages the encoded packet
/// @param number its place in the log of events, or 0 where it is in none
public record Delivery(
        Packet.Event packet, List<Outgoing> messages, BroadcastOptions options, long number) {

    /// The bytes of all messages.
    long size() {
        long size = 0;
        for (Outgoing message : messages) {
            size += message.size();
        }
        return size;
    }
}
