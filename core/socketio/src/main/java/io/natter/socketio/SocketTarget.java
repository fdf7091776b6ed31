package io.natter.socketio;

import io.natter.socketio.event.EventInterface;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The methods to send to one socket, and from it to the others. A [Socket] has them, and a socket
/// with flags such as [#timeout]. Any thread; nothing blocks but `call` and `callAll`.
///
/// Arguments are whatever the [mapping][SocketIoOptions#mapping] can write, `byte[]` and
/// `ByteBuffer` anywhere in them included. An array of another type than `Object[]` is one
/// argument.
public sealed interface SocketTarget permits Socket, SocketOperator {

    /// The socket with its flags, as a value.
    SocketOperator operator();

    // ---- events

    /// Sends an event. A last argument that is an [AckCallback] gets the answer, as in Node.js.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    void emit(String event, @Nullable Object... args);

    /// Sends an event with one argument and gives its answer to `callback`, in order with the
    /// handlers.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if the argument cannot be written
    default void emit(String event, @Nullable Object arg, AckCallback callback) {
        emit(event, new @Nullable Object[] {arg, callback});
    }

    /// Sends an event.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if the value cannot be written
    <T> void emit(Event<T> event, @Nullable T value);

    /// Sends the event `message`.
    default void send(@Nullable Object... args) {
        emit("message", args);
    }

    // ---- events with an answer

    /// Sends an event and gives its answer as a future, which fails with an [AckException]. Without
    /// a [#timeout] the answer is awaited until the client leaves. Code that depends on the future
    /// runs on a virtual thread, not in order with the socket's handlers.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args);

    /// As [#emitWithAck(String, Object...)]. The future also fails with a [PayloadException] if the
    /// answer does not fit.
    <A, R> CompletableFuture<R> emitWithAck(Request<A, R> request, @Nullable A value);

    /// Sends an event and waits for its answer; blocks the calling virtual thread. Without a
    /// [#timeout] until the client leaves.
    ///
    /// @throws AckException if there is no answer
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    /// @throws IllegalStateException on a strand, which must not wait
    Args callAll(String event, @Nullable Object... args);

    /// As [#callAll], for a request.
    ///
    /// @throws AckException if there is no answer
    /// @throws PayloadException if the answer does not fit
    <A, R> R call(Request<A, R> request, @Nullable A value);

    /// As [#callAll], with one argument, for the first argument of the answer.
    ///
    /// @throws AckException if there is no answer
    /// @throws PayloadException if the answer does not fit
    default <T> T call(String event, @Nullable Object arg, Class<T> answer) {
        return callAll(event, new @Nullable Object[] {arg}).require(0, answer);
    }

    /// As [#call(String, Object, Class)], for a generic answer.
    default <T> T call(String event, @Nullable Object arg, TypeRef<T> answer) {
        return callAll(event, new @Nullable Object[] {arg}).require(0, answer);
    }

    /// As [#call(String, Object, Class)], for an event without arguments.
    default <T> T call(String event, Class<T> answer) {
        return callAll(event).require(0, answer);
    }

    /// As [#call(String, Object, Class)], for an event without arguments and a generic answer.
    default <T> T call(String event, TypeRef<T> answer) {
        return callAll(event).require(0, answer);
    }

    // ---- events as the methods of an interface

    /// The events of an interface, to be sent to this socket by a call of their methods:
    ///
    /// ```java
    /// interface ChatClient {
    ///     void message(Message message);                // emit("message", message)
    ///     int score(String game);                       // call("score", game, Integer.class)
    ///     CompletableFuture<Integer> rank(String game); // emitWithAck("rank", game)
    /// }
    ///
    /// socket.as(ChatClient.class).message(new Message("hello"));
    /// ```
    ///
    /// Each abstract method is an event with its name, or with that of
    /// [io.natter.socketio.payload.EventName]. The parameters are the arguments, also an
    /// [AckCallback] at the end. A method with a result waits for the acknowledgement as [#call]
    /// does, or returns a future of it. The flags of this target apply, such as [#timeout].
    ///
    /// @throws IllegalArgumentException if the type is not an interface, has no abstract methods,
    ///   or two methods with the same event
    default <T> T as(Class<T> events) {
        return EventInterface.proxy(
                events,
                (event, args) ->
                        switch (event.answer()) {
                            case NONE -> {
                                emit(event.name(), args);
                                yield null;
                            }
                            case VALUE -> callAll(event.name(), args).answer(event.answerType());
                            case FUTURE ->
                                    emitWithAck(event.name(), args)
                                            .thenApply(answer -> answer.answer(event.answerType()));
                        });
    }

    // ---- flags

    /// Drops the event if the client cannot take it at once. (Node.js: `volatile`.)
    default SocketOperator asVolatile() {
        return operator().asVolatile();
    }

    /// Lets the event be compressed, where the connection agreed to it, or not. The default is
    /// true.
    default SocketOperator compress(boolean compress) {
        return operator().compress(compress);
    }

    /// Waits for an acknowledgement no longer than that.
    ///
    /// @throws IllegalArgumentException if it is negative
    default SocketOperator timeout(Duration timeout) {
        return operator().timeout(timeout);
    }

    // ---- the others

    /// All sockets of the namespace but this one.
    default Broadcast broadcast() {
        return operator().broadcast();
    }

    /// All sockets in these rooms but this one; none if no room is named.
    default Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /// All sockets in these rooms but this one; none if there are no rooms.
    default Broadcast to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /// The same as [#to(String...)].
    default Broadcast in(String... rooms) {
        return broadcast().to(rooms);
    }

    /// The same as [#to(Collection)].
    default Broadcast in(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /// All sockets but this one and those in these rooms.
    default Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /// All sockets but this one and those in these rooms.
    default Broadcast except(Collection<String> rooms) {
        return broadcast().except(rooms);
    }

    /// All sockets on this server but this one.
    default Broadcast local() {
        return broadcast().local();
    }
}
