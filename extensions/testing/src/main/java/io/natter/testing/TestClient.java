package io.natter.testing;

import io.natter.protocol.Packet;
import io.natter.socketio.Args;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.Socket;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A client of a [TestServer] in one namespace. Events that it has received wait until the test
/// takes them with [#await] or [#received]. [TestServer] says from which threads to call it, and
/// how long it waits.
public final class TestClient {
    private final TestServer server;
    private final TestClientBuilder options;
    private final EventLoop eventLoop;
    private final NamespaceConnection connection;

    TestClient(TestServer server, TestClientBuilder options, NamespaceConnection connection) {
        this.server = server;
        this.options = options;
        this.eventLoop = server.eventLoop();
        this.connection = connection;
    }

    // ---- sending

    /// Sends an event.
    ///
    /// @throws IllegalStateException if the client is disconnected
    public TestClient emit(String event, @Nullable Object... args) {
        eventLoop.run(() -> connection.emit(event, args, Packet.NO_ID));
        return this;
    }

    /// Sends an event.
    ///
    /// @throws IllegalStateException if the client is disconnected
    public <T> TestClient emit(Event<T> event, @Nullable T value) {
        eventLoop.run(() -> connection.emit(event, value, Packet.NO_ID));
        return this;
    }

    /// Sends a request and waits for its answer.
    ///
    /// @throws AssertionError if none comes, or if it does not fit
    public <A, R> R call(Request<A, R> request, @Nullable A value) {
        var name = request.name();
        var answer = send(id -> connection.emit(request.event(), value, id));
        return value(
                nameOfAck(name), awaited(name, answer), all -> all.require(0, request.answer()));
    }

    /// Sends an event and waits for the first value of its acknowledgement.
    ///
    /// @throws AssertionError if none comes, or if it does not fit `answer`
    public <T> T call(String event, Class<T> answer, @Nullable Object... args) {
        return value(nameOfAck(event), callAll(event, args), all -> all.require(0, answer));
    }

    /// As [#call(String, Class, Object...)], for a generic type.
    public <T> T call(String event, TypeRef<T> answer, @Nullable Object... args) {
        return value(nameOfAck(event), callAll(event, args), all -> all.require(0, answer));
    }

    /// Sends an event and waits for all values of its acknowledgement.
    ///
    /// @throws AssertionError if none comes
    public Args callAll(String event, @Nullable Object... args) {
        return awaited(event, send(event, args));
    }

    private Args awaited(String event, CompletableFuture<Args> answer) {
        eventLoop.await(answer::isDone);
        if (!answer.isDone() || answer.isCompletedExceptionally()) {
            throw missing(nameOfAck(event));
        }
        return answer.join();
    }

    /// Sends an event and does not wait for its acknowledgement. The future fails with an
    /// [IllegalStateException] if the client is disconnected before.
    public CompletableFuture<Args> emitWithAck(String event, @Nullable Object... args) {
        return send(event, args).thenApplyAsync(all -> all, Thread::startVirtualThread);
    }

    private CompletableFuture<Args> send(String event, @Nullable Object[] args) {
        return send(id -> connection.emit(event, args, id));
    }

    /// @param emit sends the event with the id of its acknowledgement
    private CompletableFuture<Args> send(LongConsumer emit) {
        var answer = new CompletableFuture<Args>();
        eventLoop.run(() -> emit.accept(inbox().expectAcknowledgement(answer)));
        return answer;
    }

    // ---- receiving

    /// Waits for the next event of that name. Events of other names stay.
    ///
    /// @throws AssertionError if none comes
    public ReceivedEvent await(String event) {
        var taken = new AtomicReference<@Nullable ReceivedEvent>();
        eventLoop.await(
                () -> {
                    taken.compareAndSet(null, inbox().take(event));
                    return taken.get() != null || connection.isDisconnected();
                });
        var found = taken.get();
        if (found == null) {
            throw missing("event `" + event + "`");
        }
        return found;
    }

    /// Waits for the next event of that name and returns its first argument.
    ///
    /// @throws AssertionError if no event comes, or if its argument does not fit `type`
    public <T> T await(String event, Class<T> type) {
        return value("event `" + event + "`", await(event).args(), all -> all.require(0, type));
    }

    /// As [#await(String, Class)], for a generic type.
    public <T> T await(String event, TypeRef<T> type) {
        return value("event `" + event + "`", await(event).args(), all -> all.require(0, type));
    }

    /// Waits for the next event of that name and returns its payload.
    ///
    /// @throws AssertionError if no event comes, or if it does not fit
    public <T> T await(Event<T> event) {
        var name = event.name();
        return value("event `" + name + "`", await(name).args(), all -> all.require(event));
    }

    /// Takes all events that no [#await] has taken, in their order, when the server has
    /// [settled][TestServer#settle].
    ///
    /// @throws AssertionError if a handler does not return in time
    public List<ReceivedEvent> received() {
        server.settle();
        return eventLoop.get(() -> inbox().takeAll());
    }

    /// Acknowledges all requests of that name from now on with the value that `answer` returns.
    /// They are not received otherwise. `answer` runs on the event loop.
    public TestClient answer(String event, Function<Args, @Nullable Object> answer) {
        eventLoop.run(() -> inbox().answer(event, answer));
        return this;
    }

    // ---- the server's side

    /// The id of its socket.
    public String id() {
        return socket().id();
    }

    /// The server's socket for this client.
    public Socket socket() {
        return connection.socket();
    }

    /// The rooms of its socket, except the one that is named by its id, when the server has
    /// [settled][TestServer#settle].
    ///
    /// @throws AssertionError if a handler does not return in time
    public Set<String> rooms() {
        server.settle();
        var rooms = new TreeSet<>(socket().rooms());
        rooms.remove(id());
        return rooms;
    }

    // ---- the end

    /// Whether the client is in its namespace.
    public boolean connected() {
        return eventLoop.get(() -> !connection.isDisconnected());
    }

    /// Waits until the client is disconnected.
    ///
    /// @return the reason as Socket.IO clients give it, such as `io server disconnect` or
    ///   `transport close`
    /// @throws AssertionError if it stays connected
    public String awaitDisconnect() {
        if (!eventLoop.await(connection::isDisconnected)) {
            throw missing("disconnect");
        }
        return eventLoop.get(() -> String.valueOf(inbox().disconnectReason()));
    }

    /// Waits until the server's socket is disconnected and its handlers of `disconnect` have
    /// returned.
    ///
    /// @return the reason that those handlers got
    /// @throws AssertionError if it stays connected
    public DisconnectReason awaitServerDisconnect() {
        if (!eventLoop.await(() -> connection.serverReason() != null)) {
            throw missing("disconnect of the server's socket");
        }
        server.awaitHandlers(connection, false);
        return Objects.requireNonNull(connection.serverReason());
    }

    /// Leaves the namespace and closes the connection, as `socket.disconnect()` of a client does.
    public void disconnect() {
        eventLoop.run(connection::disconnect);
    }

    /// Breaks the connection without a close packet, as a lost network does.
    public void breakConnection() {
        eventLoop.run(connection::breakOff);
    }

    /// Stops the client's part of the heartbeat. The server ends the connection with `ping timeout`
    /// when the clock has moved on far enough.
    public TestClient stopHeartbeat() {
        eventLoop.run(connection::stopHeartbeat);
        return this;
    }

    /// Connects again with the same options, after the end of this client. If the server keeps its
    /// state, the new client has the same id and rooms, and receives the events that were missed.
    ///
    /// @throws ConnectRefusedException if the server or a middleware refuses it
    public TestClient reconnect() {
        return options.connect(connection::authWithRecovery);
    }

    // ---- inside

    private Inbox inbox() {
        return connection.inbox();
    }

    /// Waits until the client is in its namespace.
    ///
    /// @throws ConnectRefusedException if it is refused
    void awaitAdmission() {
        if (!eventLoop.await(connection::isAnswered)) {
            throw missing("answer to CONNECT");
        }
        eventLoop.run(connection::requireAdmitted);
    }

    private static String nameOfAck(String event) {
        return "acknowledgement of `" + event + "`";
    }

    /// An expected event did not come in time, or cannot come any more.
    private AssertionError missing(String expected) {
        var disconnected = eventLoop.get(connection::isDisconnected);
        var within = disconnected ? "" : " within " + eventLoop.patience().toMillis() + " ms";
        return server.failure(
                "no %s came%s. %s".formatted(expected, within, eventLoop.get(inbox()::toString)));
    }

    private <T> T value(String name, Args args, Function<Args, T> read) {
        try {
            return read.apply(args);
        } catch (PayloadException e) {
            var failure =
                    server.failure(
                            "the %s came with %s: %s"
                                    .formatted(name, args.toList(), e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }
}
