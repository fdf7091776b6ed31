package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.event.EventNames;
import io.natter.socketio.event.SendFlags;
import io.natter.socketio.payload.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client in a namespace. A client that has joined several has a socket in each, all over one
/// connection.
///
/// Methods may be called from any thread and never block, but for those that wait for an answer
/// ([#call]). The socket's own handlers run one at a time, in the order in which their events came,
/// on a virtual thread or where [io.natter.host.dispatch.Dispatch] says. What one thread sends,
/// joins and leaves takes effect in its order.
public final class Socket extends SocketLife {
    private final Handshake handshake;
    private final boolean recovered;
    private volatile @Nullable ConcurrentMap<String, Object> data;

    Socket(
            Namespace nsp,
            Client client,
            String id,
            @Nullable String pid,
            Handshake handshake,
            Adapter.@Nullable Session session) {
        super(nsp, client, id, pid);
        this.handshake = handshake;
        this.recovered = session != null;
        if (session != null) {
            data().putAll(session.data());
            join(session.rooms());
        }
    }

    // ---- identity

    /// What the client brought when it joined.
    public Handshake handshake() {
        return handshake;
    }

    /// The application's own notes about this client. Told to other servers by `fetchSockets`, and
    /// kept over a recovery.
    public ConcurrentMap<String, Object> data() {
        ConcurrentMap<String, Object> map = data;
        if (map == null) {
            synchronized (this) {
                map = data;
                if (map == null) {
                    map = new ConcurrentHashMap<>(4);
                    data = map;
                }
            }
        }
        return map;
    }

    /// The rooms that it is in, its own included: a copy. In handlers of `disconnecting` those it
    /// was in; empty afterwards.
    public Set<String> rooms() {
        return rooms.names();
    }

    /// Whether it is the continuation of a connection that was lost: id, rooms and data are those
    /// it had, and the client has what it missed.
    public boolean recovered() {
        return recovered;
    }

    /// The namespace.
    public Namespace nsp() {
        return nsp;
    }

    /// The connection that carries it.
    public EngineSession conn() {
        return client.session;
    }

    /// Hears what happens to the connection from now on.
    public Socket onConn(ConnListener listener) {
        client.observe(listener);
        return this;
    }

    // ---- handlers

    /// Handles an event, its arguments left alone.
    ///
    /// @throws IllegalArgumentException for a reserved name, here and in all of its kind
    public Socket on(String event, Listener.NoArgs handler) {
        return add(event, handler, (ignored, ignored2) -> handler.on());
    }

    /// Handles an event by its first argument. If that is missing, `null` or does not fit the type,
    /// the handler is not called: the mishap is logged, counted, reported to
    /// [SocketIoServer#onError], and an acknowledgement that the client asked for gets the [error
    /// answer][SocketIoOptions#errorAnswer]. So it is for all handlers that name types.
    public <T> Socket on(String event, Class<T> type, Listener.Value<T> handler) {
        return add(event, handler, (args, ignored) -> handler.on(args.require(0, type)));
    }

    /// As [#on(String, Class, Listener.Value)], with the acknowledgement.
    public <T> Socket on(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, (args, ack) -> handler.on(args.require(0, type), ack));
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type.
    public <T> Socket on(String event, TypeRef<T> type, Listener.Value<T> handler) {
        return add(event, handler, (args, ignored) -> handler.on(args.require(0, type)));
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type, with the acknowledgement.
    public <T> Socket on(String event, TypeRef<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, (args, ack) -> handler.on(args.require(0, type), ack));
    }

    /// Handles an event by its first two arguments.
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.Values<A, B> handler) {
        return add(
                event,
                handler,
                (args, ignored) -> handler.on(args.require(0, first), args.require(1, second)));
    }

    /// Handles an event by its first two arguments, with the acknowledgement.
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.ValuesAck<A, B> handler) {
        return add(
                event,
                handler,
                (args, ack) -> handler.on(args.require(0, first), args.require(1, second), ack));
    }

    /// Handles an event with whatever arguments it has.
    public Socket on(String event, Listener.Any handler) {
        return add(event, handler, handler);
    }

    /// Handles the next event of that name only.
    public Socket once(String event, Listener.NoArgs handler) {
        return addOnce(event, handler, (ignored, ignored2) -> handler.on(), null);
    }

    /// Handles the next event of that name whose first argument fits, and none after that.
    public <T> Socket once(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return addOnce(
                event,
                handler,
                (args, ack) -> handler.on(args.require(0, type), ack),
                args -> args.require(0, type));
    }

    /// Handles the next event of that name whose first argument fits, and none after that.
    public <T> Socket once(String event, Class<T> type, Listener.Value<T> handler) {
        return addOnce(
                event,
                handler,
                (args, ignored) -> handler.on(args.require(0, type)),
                args -> args.require(0, type));
    }

    /// Handles the next event of that name only.
    public Socket once(String event, Listener.Any handler) {
        return addOnce(event, handler, handler, null);
    }

    /// Removes a handler.
    public Socket off(String event, Object handler) {
        listeners.remove(event, handler);
        return this;
    }

    /// Removes the handlers of an event.
    public Socket off(String event) {
        listeners.removeAll(event);
        return this;
    }

    /// Removes all handlers of events.
    public Socket off() {
        listeners.removeAll();
        return this;
    }

    /// Sees every event that comes, before its handlers.
    public Socket onAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.with(listeners.incoming, listener);
        }
        return this;
    }

    /// As [#onAny], before those there are.
    public Socket prependAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.withFirst(listeners.incoming, listener);
        }
        return this;
    }

    /// Removes one of [#onAny].
    public Socket offAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.without(listeners.incoming, listener);
        }
        return this;
    }

    /// Removes all of [#onAny].
    public Socket offAny() {
        listeners.incoming = List.of();
        return this;
    }

    /// Those of [#onAny].
    public List<Listener.CatchAll> listenersAny() {
        return listeners.incoming;
    }

    /// Sees every event that goes out to this client, broadcasts included and acknowledgements not;
    /// runs like a handler, in the order in which they went.
    public Socket onAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.with(outgoing, listener);
        }
        return this;
    }

    /// As [#onAnyOutgoing], before those there are.
    public Socket prependAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.withFirst(outgoing, listener);
        }
        return this;
    }

    /// Removes one of [#onAnyOutgoing].
    public Socket offAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.without(outgoing, listener);
        }
        return this;
    }

    /// Removes all of [#onAnyOutgoing].
    public Socket offAnyOutgoing() {
        outgoing = List.of();
        return this;
    }

    /// Those of [#onAnyOutgoing].
    public List<Listener.CatchAll> listenersAnyOutgoing() {
        return outgoing;
    }

    /// Lets every event pass by a middleware, behind those there are.
    public Socket use(EventMiddleware middleware) {
        synchronized (listeners) {
            listeners.middlewares = Listeners.with(listeners.middlewares, middleware);
        }
        return this;
    }

    /// Hears why the socket leaves, while [#rooms] still tells its rooms. Broadcasts do not reach
    /// it any more.
    public Socket onDisconnecting(Listener.Value<DisconnectReason> listener) {
        return onDisconnecting((reason, ignored) -> listener.on(reason));
    }

    /// As [#onDisconnecting(Listener.Value)], with a sentence that says more.
    public Socket onDisconnecting(Listener.Values<DisconnectReason, String> listener) {
        synchronized (listeners) {
            listeners.disconnecting = Listeners.with(listeners.disconnecting, listener);
        }
        return this;
    }

    /// Hears why the socket has left; called once, after the events that came before.
    public Socket onDisconnect(Listener.Value<DisconnectReason> listener) {
        return onDisconnect((reason, ignored) -> listener.on(reason));
    }

    /// As [#onDisconnect(Listener.Value)], with a sentence that says more.
    public Socket onDisconnect(Listener.Values<DisconnectReason, String> listener) {
        synchronized (listeners) {
            listeners.disconnect = Listeners.with(listeners.disconnect, listener);
        }
        return this;
    }

    /// Hears what an [EventMiddleware] has thrown, and a [MalformedPacketException] when the client
    /// has sent what is no packet, for which its connection is closed. (Node.js: `error`.)
    public Socket onError(Listener.Value<Exception> listener) {
        synchronized (listeners) {
            listeners.error = Listeners.with(listeners.error, listener);
        }
        return this;
    }

    // ---- sending

    /// Sends an event. Arguments are whatever Jackson can write, `byte[]` and `ByteBuffer` anywhere
    /// in them included. An array of another type than `Object[]` is one argument. A last argument
    /// that is an [AckCallback] gets the answer, as in Node.js.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public Socket emit(String event, @Nullable Object... args) {
        emit(event, args, SendFlags.NONE);
        return this;
    }

    /// Sends an event and gives its answer to `callback`, in order with the handlers.
    public Socket emit(String event, @Nullable Object[] args, AckCallback callback) {
        emit(event, args, SendFlags.NONE, callback);
        return this;
    }

    /// Sends the event `message`.
    public Socket send(@Nullable Object... args) {
        return emit("message", args);
    }

    /// As [SocketOperator#emitWithAck], without a timeout: the answer is awaited until the client
    /// leaves.
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return emitWithAck(event, args, SendFlags.NONE);
    }

    /// As [SocketOperator#call(String, Object, Class)], without a timeout.
    public <T> T call(String event, @Nullable Object arg, Class<T> answer) {
        return new SocketOperator(this, SendFlags.NONE).call(event, arg, answer);
    }

    /// This socket, events being dropped that it cannot take at once. (Node.js: `volatile`.)
    public SocketOperator asVolatile() {
        return new SocketOperator(this, SendFlags.NONE).asVolatile();
    }

    /// This socket, with compression or without.
    public SocketOperator compress(boolean compress) {
        return new SocketOperator(this, SendFlags.NONE).compress(compress);
    }

    /// This socket, answers being awaited no longer than that.
    public SocketOperator timeout(Duration timeout) {
        return new SocketOperator(this, SendFlags.NONE).timeout(timeout);
    }

    /// Everybody in these rooms but this socket; nobody where no room is named.
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /// Everybody in these rooms but this socket; nobody where there are none.
    public Broadcast to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /// The same as [#to].
    public Broadcast in(String... rooms) {
        return broadcast().to(rooms);
    }

    /// Everybody but this socket and who is in these rooms.
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /// Everybody on this server but this socket.
    public Broadcast local() {
        return broadcast().local();
    }

    /// Everybody but this socket.
    public Broadcast broadcast() {
        return new SocketOperator(this, SendFlags.NONE).broadcast();
    }

    // ---- rooms

    /// Joins these rooms. Does nothing after the socket has left.
    public Socket join(String... rooms) {
        for (String room : rooms) {
            super.rooms.join(room);
        }
        return this;
    }

    @Override
    public Socket join(Collection<String> rooms) {
        rooms.forEach(super.rooms::join);
        return this;
    }

    @Override
    public Socket leave(String room) {
        rooms.leave(room);
        return this;
    }

    // ---- its handlers

    /// Runs `task` in order with this socket's handlers, and never beside one of them. For timers
    /// and other threads that share data with the handlers. Also runs when the socket has left.
    public Socket execute(Runnable task) {
        onStrand(() -> mailbox.offer(new SocketJobs.Task(this, task)));
        return this;
    }

    // ---- leaving

    /// Makes the client leave this namespace. It will not reconnect by itself.
    public void disconnect() {
        disconnect(false);
    }

    @Override
    public void disconnect(boolean close) {
        onStrand(
                () -> {
                    if (close) {
                        client.disconnectAll();
                    } else {
                        client.disconnect(this);
                    }
                });
    }

    // ---- inside

    @Override
    Socket self() {
        return this;
    }

    CompletableFuture<Args> emitWithAck(String event, @Nullable Object[] args, SendFlags flags) {
        var future = new AnswerFuture<Args>(nsp.server());
        ask(
                event,
                args,
                flags,
                // Not on the strand, where dependents must not block, nor in the mailbox, whose
                // handler may be the one that waits.
                new PendingAcks.FutureWaiter(
                        nsp.server().mapping(), future, nsp.server()::execute));
        return future;
    }

    Args call(String event, @Nullable Object[] args, SendFlags flags) {
        nsp.server().refuseOnStrand("call");
        var future = new CompletableFuture<Args>();
        ask(
                event,
                args,
                flags,
                new PendingAcks.FutureWaiter(nsp.server().mapping(), future, Runnable::run));
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AckException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }

    void emit(String event, @Nullable Object[] args, SendFlags flags, AckCallback callback) {
        ask(event, args, flags, new PendingAcks.CallbackWaiter(this, event, callback));
    }

    @Override
    protected Adapter.SocketState toState() {
        return new Adapter.SocketState(id(), handshake.toMap(), rooms(), Map.copyOf(data()));
    }

    private Socket add(String event, Object original, Listener.Any run) {
        EventNames.checkHandled(event);
        listeners.add(event, original, run, false, null);
        return this;
    }

    private Socket addOnce(
            String event, Object original, Listener.Any run, @Nullable Consumer<Args> check) {
        EventNames.checkHandled(event);
        listeners.add(event, original, run, true, check);
        return this;
    }
}
