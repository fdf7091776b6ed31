package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.host.Key;
import io.natter.protocol.Packet;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.connection.PendingAcks;
import io.natter.socketio.event.SendFlags;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.Request;
import io.natter.socketio.rooms.AnswerFuture;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client in a namespace. A client that has joined several has a socket in each, all over one
/// connection.
///
/// Methods may be called from any thread and never block, but for those that wait for an answer
/// ([#call]). The socket's own handlers run one at a time, in the order in which their events came,
/// on a virtual thread or where [io.natter.host.dispatch.Dispatch] says. The messages of one
/// thread, joins and leaves take effect in its order.
public final class Socket extends SocketHandlers implements SocketTarget {
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

    /// The data of the client when it joined.
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

    /// The value of a key in [#data], or null. A recovered socket may have it from another server:
    /// then it is read into the key's type anew with each call.
    ///
    /// @throws PayloadException if the value does not fit the key's type
    public <T> @Nullable T data(Key<T> key) {
        var map = data;
        return map == null ? null : nsp.server().mapping().convert(map.get(key.name()), key.type());
    }

    /// Sets the value of a key in [#data].
    ///
    /// @param value the value, or null to remove it
    public <T> Socket data(Key<T> key, @Nullable T value) {
        if (value == null) {
            data().remove(key.name());
        } else {
            data().put(key.name(), value);
        }
        return this;
    }

    /// The rooms that it is in, its own included: a copy. In handlers of `disconnecting` the rooms
    /// that it was in; empty afterwards.
    public Set<String> rooms() {
        return rooms.names();
    }

    /// Whether it continues a connection that was lost. Then it has the id, the rooms and the data
    /// of that, and the client has got the events that it missed.
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

    /// Tells `listener` what happens to the connection from now on.
    public Socket onConn(ConnListener listener) {
        client.observe(listener);
        return this;
    }

    // ---- sending

    @Override
    public SocketOperator operator() {
        return new SocketOperator(this, SendFlags.NONE);
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        emit(event, args, SendFlags.NONE);
    }

    @Override
    public <T> void emit(Event<T> event, @Nullable T value) {
        emit(event, value, SendFlags.NONE);
    }

    @Override
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return emitWithAck(event, args, SendFlags.NONE);
    }

    @Override
    public <A, R> CompletableFuture<R> emitWithAck(Request<A, R> request, @Nullable A value) {
        return emitWithAck(request, value, SendFlags.NONE);
    }

    @Override
    public Args callAll(String event, @Nullable Object... args) {
        return call(event, args, SendFlags.NONE);
    }

    @Override
    public <A, R> R call(Request<A, R> request, @Nullable A value) {
        return call(request, value, SendFlags.NONE);
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

    /// Leaves these rooms.
    public Socket leave(String... rooms) {
        for (String room : rooms) {
            super.rooms.leave(room);
        }
        return this;
    }

    /// Leaves these rooms.
    public Socket leave(Collection<String> rooms) {
        rooms.forEach(super.rooms::leave);
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

    <T> void emit(Event<T> event, @Nullable T value, SendFlags flags) {
        emit(nsp.event(event, value, Packet.NO_ID), flags);
    }

    CompletableFuture<Args> emitWithAck(String event, @Nullable Object[] args, SendFlags flags) {
        return futureAnswer(nsp.event(event, args, nsp.nextAckId()), flags, answer -> answer);
    }

    <A, R> CompletableFuture<R> emitWithAck(
            Request<A, R> request, @Nullable A value, SendFlags flags) {
        return futureAnswer(
                nsp.event(request.event(), value, nsp.nextAckId()),
                flags,
                answer -> answer.require(0, request.answer()));
    }

    private <T> CompletableFuture<T> futureAnswer(
            Packet.Event packet, SendFlags flags, Function<Args, T> read) {
        var future = new AnswerFuture<T>(nsp.server().strands());
        // Not on the strand, where dependents must not block, nor in the mailbox, whose handler may
        // be the one that waits.
        answer(packet, flags, future, nsp.server()::execute, read);
        return future;
    }

    Args call(String event, @Nullable Object[] args, SendFlags flags) {
        nsp.server().strands().refuseToWait("call");
        return awaitAnswer(nsp.event(event, args, nsp.nextAckId()), flags);
    }

    <A, R> R call(Request<A, R> request, @Nullable A value, SendFlags flags) {
        nsp.server().strands().refuseToWait("call");
        return awaitAnswer(nsp.event(request.event(), value, nsp.nextAckId()), flags)
                .require(0, request.answer());
    }

    private Args awaitAnswer(Packet.Event packet, SendFlags flags) {
        var future = new CompletableFuture<Args>();
        answer(packet, flags, future, Runnable::run, answer -> answer);
        return AnswerFuture.await(future);
    }

    private <T> void answer(
            Packet.Event packet,
            SendFlags flags,
            CompletableFuture<T> future,
            Executor executor,
            Function<Args, T> read) {
        var mapping = nsp.server().mapping();
        ask(
                packet,
                flags,
                new PendingAcks.FutureWaiter<>(
                        future,
                        executor,
                        payload -> read.apply(new Args(mapping, payload, 0)),
                        AckException::of));
    }

    @Override
    protected Adapter.SocketState toState() {
        return new Adapter.SocketState(id(), handshake.toMap(), rooms(), Map.copyOf(data()));
    }
}
