package io.natter.socketio;

import io.natter.socketio.event.SendFlags;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.Request;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One socket with flags for sending: `socket.timeout(ofSeconds(5)).call("ask", q, Answer.class)`,
/// `socket.asVolatile().emit("position", p)`. Immutable; any thread.
public final class SocketOperator implements SocketTarget {
    private final Socket socket;
    private final SendFlags flags;

    SocketOperator(Socket socket, SendFlags flags) {
        this.socket = socket;
        this.flags = flags;
    }

    @Override
    public SocketOperator operator() {
        return this;
    }

    @Override
    public SocketOperator asVolatile() {
        return new SocketOperator(socket, flags.withVolatile());
    }

    @Override
    public SocketOperator compress(boolean compress) {
        return new SocketOperator(socket, flags.withCompress(compress));
    }

    @Override
    public SocketOperator timeout(Duration timeout) {
        return new SocketOperator(socket, flags.withTimeout(timeout));
    }

    /// All sockets of the namespace but this one, with the same flags.
    @Override
    public Broadcast broadcast() {
        return new Broadcast(socket.nsp(), flags.to(Set.of(), Set.of(socket.id()), false));
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        socket.emit(event, args, flags);
    }

    @Override
    public <T> void emit(Event<T> event, @Nullable T value) {
        socket.emit(event, value, flags);
    }

    @Override
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return socket.emitWithAck(event, args, flags);
    }

    @Override
    public <A, R> CompletableFuture<R> emitWithAck(Request<A, R> request, @Nullable A value) {
        return socket.emitWithAck(request, value, flags);
    }

    @Override
    public Args callAll(String event, @Nullable Object... args) {
        return socket.call(event, args, flags);
    }

    @Override
    public <A, R> R call(Request<A, R> request, @Nullable A value) {
        return socket.call(request, value, flags);
    }
}
