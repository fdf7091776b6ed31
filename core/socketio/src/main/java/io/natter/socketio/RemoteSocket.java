package io.natter.socketio;

import io.natter.host.Key;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.event.EventInterface;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.Request;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A socket on this server or on another one, as [BroadcastTarget#fetchSockets] found it. Its state
/// is of that moment; what is sent to it finds it wherever it is. Immutable.
public final class RemoteSocket {
    private final Adapter.SocketState state;
    private final Broadcast self;
    private final JsonMapping mapping;

    RemoteSocket(Namespace nsp, Adapter.SocketState state) {
        this(
                state,
                new Broadcast(nsp, BroadcastOptions.to(Set.of(state.id()))),
                nsp.server().mapping());
    }

    private RemoteSocket(Adapter.SocketState state, Broadcast self, JsonMapping mapping) {
        this.state = state;
        this.self = self;
        this.mapping = mapping;
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

    /// The value of a key in [#data], or null.
    ///
    /// @throws PayloadException if the value does not fit the key's type
    public <T> @Nullable T data(Key<T> key) {
        return mapping.convert(state.data().get(key.name()), key.type());
    }

    /// Sends it an event.
    public void emit(String event, @Nullable Object... args) {
        self.emit(event, args);
    }

    /// Sends it an event.
    public <T> void emit(Event<T> event, @Nullable T value) {
        self.emit(event, value);
    }

    /// This socket, its answers awaited no longer than that.
    public RemoteSocket timeout(Duration timeout) {
        return new RemoteSocket(state, self.timeout(timeout), mapping);
    }

    /// Sends it an event and asks for an answer, which is awaited for 5 seconds or as long as
    /// [#timeout] says.
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return self.emitWithAck(event, args).thenApply(RemoteSocket::single);
    }

    /// As [SocketTarget#emitWithAck(Request, Object)].
    public <A, R> CompletableFuture<R> emitWithAck(Request<A, R> request, @Nullable A value) {
        return self.emitWithAck(request, value).thenApply(RemoteSocket::single);
    }

    /// As [SocketTarget#call(String, Object, Class)].
    ///
    /// @throws AckException.Disconnected if it has left
    /// @throws BroadcastTimeoutException if it does not answer in time
    public <T> T call(String event, @Nullable Object arg, Class<T> answer) {
        return single(self.call(event, arg, answer));
    }

    /// As [SocketTarget#call(Request, Object)].
    ///
    /// @throws AckException.Disconnected if it has left
    /// @throws BroadcastTimeoutException if it does not answer in time
    public <A, R> R call(Request<A, R> request, @Nullable A value) {
        return single(self.call(request, value));
    }

    /// The events of an interface, to be sent by a call of their methods; see [SocketTarget#as].
    ///
    /// @throws IllegalArgumentException if the type is not an interface, has no abstract methods,
    ///   or two methods with the same event
    public <T> T as(Class<T> events) {
        return EventInterface.proxy(
                events,
                (event, args) ->
                        switch (event.answer()) {
                            case NONE -> {
                                emit(event.name(), args);
                                yield null;
                            }
                            case VALUE ->
                                    single(self.callAll(event.name(), args))
                                            .answer(event.answerType());
                            case FUTURE ->
                                    emitWithAck(event.name(), args)
                                            .thenApply(answer -> answer.answer(event.answerType()));
                        });
    }

    private static <T> T single(List<T> answers) {
        if (answers.isEmpty()) {
            throw new AckException.Disconnected();
        }
        return answers.getFirst();
    }

    /// Makes it join rooms.
    public void join(String... rooms) {
        self.socketsJoin(rooms);
    }

    /// Makes it join rooms.
    public void join(Collection<String> rooms) {
        self.socketsJoin(rooms);
    }

    /// Makes it leave rooms.
    public void leave(String... rooms) {
        self.socketsLeave(rooms);
    }

    /// Makes it leave rooms.
    public void leave(Collection<String> rooms) {
        self.socketsLeave(rooms);
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
