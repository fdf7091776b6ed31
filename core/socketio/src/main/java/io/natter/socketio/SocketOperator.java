package io.natter.socketio;

import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.event.SendFlags;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.TypeRef;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One socket with a manner of sending to it: `socket.timeout(ofSeconds(5)).call("ask", q,
/// Answer.class)`, `socket.asVolatile().emit("position", p)`. Immutable; any thread.
public final class SocketOperator {
    private final Socket socket;
    private final SendFlags flags;

    SocketOperator(Socket socket, SendFlags flags) {
        this.socket = socket;
        this.flags = flags;
    }

    /// Drops the event if the client cannot take it at once. (Node.js: `volatile`.)
    public SocketOperator asVolatile() {
        return new SocketOperator(socket, new SendFlags(true, flags.compress(), flags.timeout()));
    }

    /// Lets the event be compressed, where the connection agreed to it, or not. The default is
    /// true.
    public SocketOperator compress(boolean compress) {
        return new SocketOperator(
                socket, new SendFlags(flags.isVolatile(), compress, flags.timeout()));
    }

    /// Waits for an acknowledgement no longer than that.
    ///
    /// @throws IllegalArgumentException if it is negative
    public SocketOperator timeout(Duration timeout) {
        return new SocketOperator(
                socket,
                new SendFlags(
                        flags.isVolatile(), flags.compress(), SendFlags.checkTimeout(timeout)));
    }

    /// Everybody in these rooms but this socket, in the same manner.
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /// Everybody in these rooms but this socket, in the same manner; nobody where there are none.
    public Broadcast to(java.util.Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /// The same as [#to].
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /// Everybody but this socket, in the same manner.
    public Broadcast broadcast() {
        var except = java.util.Set.of(socket.id());
        return new Broadcast(
                socket.nsp(),
                new BroadcastOptions(
                        java.util.Set.of(),
                        except,
                        flags.isVolatile(),
                        flags.compress(),
                        false,
                        flags.timeout()));
    }

    /// Sends an event. Never blocks.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public void emit(String event, @Nullable Object... args) {
        socket.emit(event, args, flags);
    }

    /// Sends an event and gives its answer to `callback`.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public void emit(String event, @Nullable Object[] args, AckCallback callback) {
        socket.emit(event, args, flags, callback);
    }

    /// Sends an event and gives its answer as a future, which fails with an [AckException]. What
    /// depends on it runs on a virtual thread, not in order with the socket's handlers.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return socket.emitWithAck(event, args, flags);
    }

    /// Sends an event with one argument and waits for the first argument of its answer; blocks the
    /// calling virtual thread.
    ///
    /// @throws AckException if there is no answer
    /// @throws PayloadException if the answer does not fit
    /// @throws IllegalStateException on a strand, which must not wait
    public <T> T call(String event, @Nullable Object arg, Class<T> answer) {
        return call(event, new @Nullable Object[] {arg}, (Type) answer);
    }

    /// As [#call(String, Object, Class)], for a generic answer.
    public <T> T call(String event, @Nullable Object arg, TypeRef<T> answer) {
        return call(event, new @Nullable Object[] {arg}, answer.type());
    }

    /// As [#call(String, Object, Class)], for an event without arguments.
    public <T> T call(String event, Class<T> answer) {
        return call(event, new @Nullable Object[] {}, (Type) answer);
    }

    /// As [#call(String, Object, Class)], for an event without arguments and a generic answer.
    public <T> T call(String event, TypeRef<T> answer) {
        return call(event, new @Nullable Object[] {}, answer.type());
    }

    /// As [#call(String, Object, Class)], with any number of arguments both ways.
    public Args callAll(String event, @Nullable Object... args) {
        return socket.call(event, args, flags);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // callers tie T to the type they pass
    private <T> T call(String event, @Nullable Object[] args, Type answer) {
        return socket.call(event, args, flags).require(0, answer);
    }
}
