package io.natter.socketio;

import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A socket on this server or on another one, as [BroadcastTarget#fetchSockets] found it. Its state
/// is of that moment; what is sent to it finds it wherever it is. Immutable.
public final class RemoteSocket {
    private final Adapter.SocketState state;
    private final Broadcast self;

    RemoteSocket(Namespace nsp, Adapter.SocketState state) {
        this.state = state;
        this.self = new Broadcast(nsp, BroadcastOptions.to(Set.of(state.id())));
    }

    /// Its id.
    public String id() {
        return state.id();
    }

    /// Its handshake, as [Handshake#toMap] gives it.
    public Map<String, @Nullable Object> handshake() {
        return state.handshake();
    }

    /// Its rooms, its own included.
    public Set<String> rooms() {
        return state.rooms();
    }

    /// The application's notes about it, as far as they can be told to another server.
    public Map<String, Object> data() {
        return state.data();
    }

    /// Sends it an event.
    public void emit(String event, @Nullable Object... args) {
        self.emit(event, args);
    }

    /// Sends it an event and asks for an answer, which is awaited for 5 seconds.
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return single(self, event, args);
    }

    /// Sends it an event and asks for an answer, which is awaited no longer than that.
    public CompletableFuture<Args> emitWithAck(
            Duration timeout, String event, @Nullable Object... args) {
        return single(self.timeout(timeout), event, args);
    }

    private static CompletableFuture<Args> single(
            Broadcast to, String event, @Nullable Object[] args) {
        return to.emitWithAck(event, args)
                .thenApply(
                        answers -> {
                            if (answers.isEmpty()) {
                                throw new AckException.Disconnected();
                            }
                            return answers.getFirst();
                        });
    }

    /// Makes it join rooms.
    public void join(String... rooms) {
        self.socketsJoin(rooms);
    }

    /// Makes it leave a room.
    public void leave(String room) {
        self.socketsLeave(room);
    }

    /// Makes it leave the namespace.
    public void disconnect() {
        disconnect(false);
    }

    /// Makes it leave the namespace; with `close` also closes its connection.
    public void disconnect(boolean close) {
        self.disconnectSockets(close);
    }
}
