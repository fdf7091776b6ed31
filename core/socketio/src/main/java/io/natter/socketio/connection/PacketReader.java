package io.natter.socketio.connection;

import io.natter.engine.EngineListener;
import io.natter.engine.EngineSession;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import io.natter.socketio.rooms.StrandContext;
import org.jspecify.annotations.Nullable;

/// Reads the packets of one client from the messages of its session. On the strand.
public abstract class PacketReader extends ClientInput implements EngineListener {
    /// Reads and writes the packets of this client.
    protected final Parser parser;

    /// Null when the client has left. The closing handshake of the connection may take long, and an
    /// unfinished packet must not stay in memory so long.
    private Parser.@Nullable Decoder decoder;

    protected PacketReader(
            EngineSession session, StrandContext context, Parser parser, Parser.Limits limits) {
        super(session, context);
        this.parser = parser;
        this.decoder = parser.newDecoder(limits);
    }

    /// A message came.
    protected abstract void noted();

    /// A packet is complete.
    protected abstract void received(Packet packet);

    /// A message is no packet, and no part of one.
    protected abstract void malformed(String reason);

    /// Something was thrown that no other code has caught.
    protected abstract void broken(Throwable failure);

    @Override
    public final void text(byte[] buffer, int from, int to) {
        var reader = decoder;
        if (reader != null) {
            try {
                noted();
                step(reader, reader.text(buffer, from, to));
            } catch (Throwable failure) {
                broken(failure);
            }
        }
    }

    @Override
    public final void binary(byte[] data) {
        var reader = decoder;
        if (reader != null) {
            try {
                noted();
                step(reader, reader.binary(data));
            } catch (Throwable failure) {
                broken(failure);
            }
        }
    }

    private void step(Parser.Decoder reader, Parser.Step step) {
        switch (step) {
            case Parser.Step.Decoded(Packet packet) -> {
                holdsUnfinished(0);
                received(packet);
            }
            case Parser.Step.Incomplete ignored -> holdsUnfinished(reader.heldBytes());
            case Parser.Step.Malformed(String reason) -> malformed(reason);
        }
    }

    /// Ignores all that comes from now on, and frees an unfinished packet.
    protected final void ignoreInput() {
        decoder = null;
        holdsUnfinished(0);
    }
}
