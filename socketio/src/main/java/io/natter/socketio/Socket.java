package io.natter.socketio;

import io.natter.engine.EngineSession;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A client in a namespace. A client that has joined several has a socket in each, all over one
/// connection.
///
/// Methods may be called from any thread and never block, but for those that wait for an answer
/// ([#call]). The socket's own handlers run one at a time, in the order in which their events came,
/// on a virtual thread or where [Dispatch] says. What one thread sends, joins and leaves takes
/// effect in its order.
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

    // ---- who it is

    /// A public id, its own for each namespace and each connection. It is also the name of a room
    /// with this socket in it.
    public String id() {
        return id;
    }

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
        return membership.names();
    }

    /// Whether it is the continuation of a connection that was lost: id, rooms and data are those
    /// it had, and the client has what it missed.
    public boolean recovered() {
        return recovered;
    }

    /// Whether it is in the namespace.
    public boolean connected() {
        return isConnected();
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

    // ---- sending

    /// Sends an event. Arguments are whatever Jackson can write, `byte[]` and `ByteBuffer` anywhere
    /// in them included.
    ///
    /// @throws IllegalArgumentException for a reserved name, or if an argument cannot be written
    public Socket emit(String event, @Nullable Object... args) {
        emit(event, args, SendFlags.NONE);
        return this;
    }

    /// Sends an event and gives its answer to `callback`, in order with the handlers.
    public Socket emit(String event, @Nullable Object[] args, AckCallback callback) {
        ask(event, args, SendFlags.NONE, callbackWaiter(event, callback));
        return this;
    }

    /// Sends the event `message`.
    public Socket send(@Nullable Object... args) {
        return emit("message", args);
    }

    /// As [Sender#emitWithAck], without a timeout: the answer is awaited until the client leaves.
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return emitWithAck(event, args, SendFlags.NONE);
    }

    /// As [Sender#call(String, Object, Class)], without a timeout.
    public <T> T call(String event, @Nullable Object arg, Class<T> answer) {
        return new Sender(this, SendFlags.NONE).call(event, arg, answer);
    }

    /// This socket, events being dropped that it cannot take at once. (Node.js: `volatile`.)
    public Sender asVolatile() {
        return new Sender(this, SendFlags.NONE).asVolatile();
    }

    /// This socket, with compression or without.
    public Sender compress(boolean compress) {
        return new Sender(this, SendFlags.NONE).compress(compress);
    }

    /// This socket, answers being awaited no longer than that.
    public Sender timeout(Duration timeout) {
        return new Sender(this, SendFlags.NONE).timeout(timeout);
    }

    /// Everybody in these rooms but this socket.
    public Broadcast to(String... rooms) {
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
        return new Sender(this, SendFlags.NONE).broadcast();
    }

    // ---- rooms

    /// Joins these rooms. Does nothing after the socket has left.
    public Socket join(String... rooms) {
        for (String room : rooms) {
            membership.join(room);
        }
        return this;
    }

    /// Joins these rooms. Does nothing after the socket has left.
    public Socket join(Collection<String> rooms) {
        rooms.forEach(membership::join);
        return this;
    }

    /// Leaves a room.
    public Socket leave(String room) {
        membership.leave(room);
        return this;
    }

    // ---- leaving

    /// Makes the client leave this namespace. It will not reconnect by itself.
    public void disconnect() {
        disconnect(false);
    }

    /// Makes the client leave this namespace; with `close` all its namespaces, and closes the
    /// connection once all that was sent has left.
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
        var future = new CompletableFuture<Args>();
        ask(
                event,
                args,
                flags,
                // Not on the strand, where dependents must not block, nor in the mailbox, whose
                // handler may be the one that waits.
                new AckWaiters.Future(nsp.server().mapping(), future, nsp.server().executor()));
        return future;
    }

    Args call(String event, @Nullable Object[] args, SendFlags flags) {
        nsp.server().refuseOnStrand("call");
        var future = new CompletableFuture<Args>();
        ask(
                event,
                args,
                flags,
                new AckWaiters.Future(nsp.server().mapping(), future, Runnable::run));
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

    PendingAcks.Waiter callbackWaiter(String event, AckCallback callback) {
        return new AckWaiters.Callback(this, event, callback);
    }

    Adapter.SocketState toState() {
        return new Adapter.SocketState(id, handshake.toMap(), rooms(), Map.copyOf(data()));
    }
}
