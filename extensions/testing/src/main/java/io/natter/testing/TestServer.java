package io.natter.testing;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.ManualStrand;
import io.natter.protocol.Parser;
import io.natter.protocol.Payload;
import io.natter.socketio.Namespace;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.payload.JsonMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Runs a Socket.IO server in memory for a test. Clients connect by a method call, without a port.
/// Timeouts, heartbeats and delays follow a clock that only [#advance] moves.
///
/// ```java
/// try (var server = TestServer.start(io)) {
///     var zoe = server.connect();
///     assertThat(zoe.call("join", Integer.class, "lobby")).isEqualTo(1);
///     io.to("lobby").emit("news", "hello");
///     assertThat(zoe.await("news", String.class)).isEqualTo("hello");
/// }
/// ```
///
/// **Threads.** The server has one event loop, the thread `natter-test`. Handlers run as in
/// production, by default on virtual threads. Call the methods of this class and of [TestClient]
/// from any thread but the event loop, so not in a handler with `Dispatch.INLINE`.
///
/// **Waiting.** Methods that wait do so for five seconds of real time, or as long as [#patience]
/// says. Then they throw an [AssertionError] that says what they waited for and what came instead.
/// It has the exceptions of handlers as suppressed ones.
public final class TestServer implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final SocketIoServer io;
    private final ManualStrand strand = new ManualStrand();
    private final InProcessHost host;
    private final EventLoop eventLoop;
    private final List<NamespaceConnection> connections = new CopyOnWriteArrayList<>();
    private final Map<String, Namespace> dynamicNamespaces = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private TestServer(SocketIoServer io) {
        this.io = io;
        this.host = new InProcessHost(io, strand);
        this.eventLoop = new EventLoop(strand, this::read, failures::add);
        io.onError(error -> failures.add(error.cause()));
        io.onNewNamespace(each -> dynamicNamespaces.put(each.name(), each));
    }

    /// Starts a server.
    public static TestServer start(SocketIoServer io) {
        var server = new TestServer(io);
        server.eventLoop.start();
        return server;
    }

    /// Sets how long of real time a method waits before the test fails; five seconds by default.
    public TestServer patience(Duration value) {
        eventLoop.patience(value);
        return this;
    }

    /// Connects a client to the main namespace, as [TestClientBuilder#connect] does.
    ///
    /// @throws ConnectRefusedException if the server or a middleware refuses it
    public TestClient connect() {
        return client().connect();
    }

    /// A client with options, such as `auth` or a namespace. It connects by
    /// [TestClientBuilder#connect].
    public TestClientBuilder client() {
        return new TestClientBuilder(this);
    }

    /// Moves the clock on by `duration`. Timers that fall due run in order, and clients answer the
    /// server's pings meanwhile. Does not wait for handlers that timers have started; see
    /// [#settle].
    public void advance(Duration duration) {
        eventLoop.run(
                () -> {
                    var left = duration;
                    while (left.isPositive()) {
                        var step = left.compareTo(STEP) < 0 ? left : STEP;
                        strand.advance(step);
                        read();
                        left = left.minus(step);
                    }
                });
    }

    /// Waits until the handlers of everything that clients have sent have returned, and until all
    /// that they sent has arrived. After it, a test can check that something did not happen.
    ///
    /// @throws AssertionError if a handler does not return in time
    public void settle() {
        long before;
        do {
            before = packets();
            for (var connection : connections) {
                awaitHandlers(connection, false);
            }
        } while (packets() != before);
    }

    /// The number of packets that all clients have sent and received.
    private long packets() {
        return eventLoop.get(
                () -> {
                    read();
                    return connections.stream().mapToLong(NamespaceConnection::packets).sum();
                });
    }

    /// Waits until the handlers of a client's socket have returned.
    ///
    /// @param orRequest whether to stop when a handler asks the client for an acknowledgement
    void awaitHandlers(NamespaceConnection connection, boolean orRequest) {
        var returned = connection.whenHandlersReturn();
        if (!eventLoop.await(
                () -> returned.isDone() || (orRequest && connection.inbox().hasRequest()))) {
            throw failure(
                    "a handler of the client %s did not return within %d ms"
                            .formatted(connection.name(), eventLoop.patience().toMillis()));
        }
    }

    /// Closes the server and all its clients.
    @Override
    public void close() {
        eventLoop.close(io::close);
    }

    // ---- for the clients

    private void read() {
        connections.forEach(NamespaceConnection::read);
    }

    void add(NamespaceConnection connection) {
        connections.add(connection);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    InProcessHost host() {
        return host;
    }

    String path() {
        return io.options().engine().prefix();
    }

    Parser parser() {
        return io.options().parser();
    }

    JsonMapping mapping() {
        return io.options().mapping();
    }

    /// The value of a payload, with the types of JSON.
    @Nullable Object read(@Nullable Payload payload) {
        return payload == null ? null : mapping().read(payload, Object.class);
    }

    /// A namespace that has a client. If it was asked for by name, the server would keep a dynamic
    /// one forever.
    Namespace namespace(String name) {
        var dynamic = dynamicNamespaces.get(name);
        return dynamic == null ? io.of(name) : dynamic;
    }

    /// Something failed outside of the test's thread.
    void failed(Throwable failure) {
        failures.add(failure);
    }

    /// The failure of a test, with the exceptions of handlers so far.
    AssertionError failure(String message) {
        var failure = new AssertionError(message);
        failures.forEach(failure::addSuppressed);
        return failure;
    }
}
