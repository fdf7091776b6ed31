package io.natter.socketio;

import io.natter.socketio.event.EventInterface;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A target of messages to many sockets: a whole namespace, a server's main namespace, or a part of
/// it that was chosen step by step. Any thread; nothing blocks but what says so.
public sealed interface BroadcastTarget permits Broadcast, Namespace, SocketIoServer {

    /// All sockets of this target, as a value.
    Broadcast all();

    /// The sockets in any of these rooms. Each call adds to the rooms. A socket gets an event once,
    /// even if it is in several of the rooms. Without a room, no socket is reached. (Node.js:
    /// `to([])` reaches every socket.)
    default Broadcast to(String... rooms) {
        return all().to(rooms);
    }

    /// As [#to(String...)]. An empty collection reaches no socket.
    default Broadcast to(Collection<String> rooms) {
        return all().to(rooms.toArray(String[]::new));
    }

    /// The same as [#to].
    default Broadcast in(String... rooms) {
        return all().to(rooms);
    }

    /// The same as [#to(Collection)].
    default Broadcast in(Collection<String> rooms) {
        return to(rooms);
    }

    /// Excludes the sockets in any of these rooms.
    default Broadcast except(Collection<String> rooms) {
        return all().except(rooms.toArray(String[]::new));
    }

    /// Excludes the sockets in any of these rooms.
    default Broadcast except(String... rooms) {
        return all().except(rooms);
    }

    /// Drops events for clients that cannot take them at once. (Node.js: `volatile`.)
    default Broadcast asVolatile() {
        return all().asVolatile();
    }

    /// Lets events be compressed, on connections that agreed to it, or not. The default is true.
    default Broadcast compress(boolean compress) {
        return all().compress(compress);
    }

    /// On this server only.
    default Broadcast local() {
        return all().local();
    }

    /// Waits for acknowledgements no longer than that.
    ///
    /// @throws IllegalArgumentException if it is negative
    default Broadcast timeout(Duration timeout) {
        return all().timeout(timeout);
    }

    /// Sends an event. An array of another type than `Object[]` is one argument.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    default void emit(String event, @Nullable Object... args) {
        all().emit(event, args);
    }

    /// Sends an event.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if the value cannot be written
    default <T> void emit(Event<T> event, @Nullable T value) {
        all().emit(event, value);
    }

    /// The events of an interface, to be sent by a call of their methods:
    /// `io.to("lobby").as(ChatClient.class).message(m)`. See [SocketTarget#as].
    ///
    /// A method with a result throws an [UnsupportedOperationException], because several sockets
    /// may answer; use [#call] or [#emitWithAck].
    ///
    /// @throws IllegalArgumentException if the type is not an interface, has no abstract methods,
    ///   or two methods with the same event
    default <T> T as(Class<T> events) {
        return EventInterface.proxy(
                events,
                (event, args) -> {
                    if (event.answer() != EventInterface.Answer.NONE) {
                        throw new UnsupportedOperationException(
                                event.method()
                                        + " returns one answer, and a broadcast may have several:"
                                        + " use call or emitWithAck");
                    }
                    emit(event.name(), args);
                    return null;
                });
    }

    /// Sends the event `message`.
    default void send(@Nullable Object... args) {
        all().emit("message", args);
    }

    /// Sends an event and gathers the answer of every receiver. The future, which is completed on a
    /// virtual thread, fails with [BroadcastTimeoutException] when not all have answered within the
    /// timeout; without one, 5 seconds.
    default CompletableFuture<List<Args>> emitWithAck(String event, @Nullable Object... args) {
        return all().emitWithAck(event, args);
    }

    /// As [#emitWithAck(String, Object...)]. The future also fails with a [PayloadException] if an
    /// answer does not fit.
    default <A, R> CompletableFuture<List<R>> emitWithAck(
            Request<A, R> request, @Nullable A value) {
        return all().emitWithAck(request, value);
    }

    /// Sends an event and waits for the answer of every receiver; blocks the calling virtual thread
    /// until the [#timeout], 5 seconds by default.
    ///
    /// @throws BroadcastTimeoutException if not all have answered in time; it has the others'
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    /// @throws IllegalStateException on a strand, which must not wait
    default List<Args> callAll(String event, @Nullable Object... args) {
        return all().callAll(event, args);
    }

    /// As [#callAll], for a request.
    ///
    /// @throws BroadcastTimeoutException if not all have answered in time; it has the others'
    /// @throws PayloadException if an answer does not fit
    default <A, R> List<R> call(Request<A, R> request, @Nullable A value) {
        return all().call(request, value);
    }

    /// As [#callAll], with one argument, for the first argument of each answer.
    ///
    /// @throws BroadcastTimeoutException if not all have answered in time; it has the others'
    /// @throws PayloadException if an answer does not fit
    default <T> List<T> call(String event, @Nullable Object arg, Class<T> answer) {
        return callAll(event, new @Nullable Object[] {arg}).stream()
                .map(each -> each.require(0, answer))
                .toList();
    }

    /// As [#call(String, Object, Class)], for generic answers.
    default <T> List<T> call(String event, @Nullable Object arg, TypeRef<T> answer) {
        return callAll(event, new @Nullable Object[] {arg}).stream()
                .map(each -> each.require(0, answer))
                .toList();
    }

    /// As [#call(String, Object, Class)], for an event without arguments.
    default <T> List<T> call(String event, Class<T> answer) {
        return callAll(event).stream().map(each -> each.require(0, answer)).toList();
    }

    /// As [#call(String, Object, Class)], for an event without arguments and generic answers.
    default <T> List<T> call(String event, TypeRef<T> answer) {
        return callAll(event).stream().map(each -> each.require(0, answer)).toList();
    }

    /// The sockets of this target, on all servers. Blocks the calling virtual thread.
    ///
    /// @throws IllegalStateException on a strand, which must not wait, and if other servers do not
    ///   answer
    default List<RemoteSocket> fetchSockets() {
        return all().fetchSockets();
    }

    /// Makes them join rooms.
    default void socketsJoin(String... rooms) {
        all().socketsJoin(rooms);
    }

    /// Makes them join rooms.
    default void socketsJoin(Collection<String> rooms) {
        all().socketsJoin(rooms.toArray(String[]::new));
    }

    /// Makes them leave rooms.
    default void socketsLeave(String... rooms) {
        all().socketsLeave(rooms);
    }

    /// Makes them leave rooms.
    default void socketsLeave(Collection<String> rooms) {
        all().socketsLeave(rooms.toArray(String[]::new));
    }

    /// Makes them leave the namespace.
    default void disconnectSockets() {
        all().disconnectSockets(false);
    }

    /// Makes them leave the namespace; with `close` also closes their connections.
    default void disconnectSockets(boolean close) {
        all().disconnectSockets(close);
    }
}
