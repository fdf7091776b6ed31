package io.natter.socketio.rooms;

import io.natter.engine.Outgoing;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import java.util.Collection;
import java.util.function.Consumer;

/// A socket of this server, as rooms and broadcasts see it. It is a class and no interface, because
/// a broadcast visits many members and finds each of them cold.
public abstract class LocalSocket {
    private final String id;

    /// Its rooms.
    protected final SocketRooms rooms;

    /// The index of its strand.
    final RoomIndex index;

    /// The last visit that it was part of; see [RoomIndex]. The strand's.
    long mark;

    /// A socket that is in no room yet.
    ///
    /// @param context its strand
    protected LocalSocket(NamespaceSockets<?> local, StrandContext context, String id) {
        this.id = id;
        this.index = local.indexOf(context);
        this.rooms = new SocketRooms(this, local.directory, index);
    }

    /// A public id, its own for each namespace and each connection. It is also the name of a room
    /// with this socket in it.
    public final String id() {
        return id;
    }

    /// Whether it is in the namespace.
    public abstract boolean connected();

    /// Joins these rooms. Does nothing after the socket has left.
    public abstract LocalSocket join(Collection<String> rooms);

    /// Leaves a room.
    public abstract LocalSocket leave(String room);

    /// Makes the client leave this namespace; with `close` all its namespaces, and closes the
    /// connection once all that was sent has left.
    public abstract void disconnect(boolean close);

    /// Sends the first message of a broadcast, unless it is not for this socket or dropped. On the
    /// strand.
    ///
    /// @return whether it was sent, so that the others must follow
    protected abstract boolean deliver(Delivery delivery);

    /// Sends a further message of a broadcast. On the strand.
    protected abstract void send(Outgoing message);

    /// Expects the answer to a broadcast. On the strand.
    ///
    /// @return false when too many answers are awaited already
    protected abstract boolean ask(long ackId, Consumer<Payload> answered);

    /// Stops waiting for that answer. On the strand.
    protected abstract void forget(long ackId);

    /// Ends the connection, which may have missed a message. On the strand.
    protected abstract void broken(Throwable failure);

    /// Describes the socket for another server. Any thread; reads the client's credentials.
    protected abstract Adapter.SocketState toState();
}
