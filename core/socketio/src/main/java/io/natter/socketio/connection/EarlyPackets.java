package io.natter.socketio.connection;

import io.natter.host.dispatch.Job;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.util.ArrayList;
import java.util.List;

/// The packets for a namespace that came while the client was joining it. On the strand.
public final class EarlyPackets {
    private final ClientInput client;
    private final int max;
    private final List<Packet> packets = new ArrayList<>(0);
    private long bytes;

    /// @param max how many packets are kept
    public EarlyPackets(ClientInput client, int max) {
        this.client = client;
        this.max = max;
    }

    /// Keeps a packet.
    ///
    /// @return false when there are too many
    public boolean hold(Packet packet) {
        if (packets.size() >= max) {
            return false;
        }
        long more = Job.OWN_BYTES;
        switch (packet) {
            case Packet.Event(String nsp, long id, String name, Payload args) -> {
                Payload own = args.compact();
                more += own.heldBytes();
                packets.add(new Packet.Event(nsp, id, name, own));
            }
            // Nothing was asked yet, so it answers nothing.
            case Packet.Ack ignored -> {
                return true;
            }
            default -> packets.add(packet);
        }
        client.waits(bytes, bytes + more);
        bytes += more;
        return true;
    }

    /// The packets in their order.
    public List<Packet> packets() {
        return packets;
    }

    /// They do not count as waiting any more.
    public void release() {
        client.waits(bytes, 0);
        bytes = 0;
    }
}
