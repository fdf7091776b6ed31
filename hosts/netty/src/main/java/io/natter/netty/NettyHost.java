package io.natter.netty;

import io.natter.host.Endpoint;
import io.natter.host.HttpLimits;
import io.natter.host.Loggers;
import io.natter.host.Strand;
import io.natter.netty.http.HostContext;
import io.natter.netty.loop.ConnectionRegistry;
import io.natter.netty.loop.EventLoopStrand;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// A standalone server on one port, or, with `attach`, the same handlers on the port of an existing
/// server.
///
/// ```java
/// var host = NettyHost.listen(io, 3000);
/// ```
///
/// Any thread.
public final class NettyHost implements AutoCloseable {
    private static final Logger LOG = Loggers.of(NettyHost.class);

    /// The time in which WebSockets may answer the close frames of a closing host.
    private static final long CLOSE_FRAMES_MILLIS = 1000;

    private static final long LAST_MILLIS = 5000;

    /// How long a second caller waits for the first.
    private static final long CLOSED_MILLIS = 5 * LAST_MILLIS;

    private final Channel listening;
    private final ConnectionRegistry connections;
    private final EventLoopGroup loops;
    private final List<Endpoint> endpoints;
    private final IoTransport transport;
    private final NettyMetrics metrics;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EventLoopProbe probe;
    private volatile @Nullable Thread shutdownHook;

    NettyHost(
            Channel listening,
            ConnectionRegistry connections,
            EventLoopGroup loops,
            List<Endpoint> endpoints,
            IoTransport transport,
            NettyMetrics metrics) {
        this.listening = listening;
        this.connections = connections;
        this.loops = loops;
        this.endpoints = endpoints;
        this.transport = transport;
        this.metrics = metrics;
        this.probe = new EventLoopProbe(loops);
    }

    /// Serves `endpoint` on `port` of all addresses.
    ///
    /// @param port 0 for any free one, see [#port]
    /// @throws java.io.UncheckedIOException if the port is in use or may not be used
    public static NettyHost listen(Endpoint endpoint, int port) {
        return builder().endpoint(endpoint).port(port).listen();
    }

    /// A builder for a host.
    ///
    /// @throws IllegalStateException if Netty on the class path is of a version that Natter does
    ///   not work with
    public static NettyHostBuilder builder() {
        NettyVersion.check();
        return new NettyHostBuilder();
    }

    /// Puts the endpoints into the pipeline of an HTTP/1.1 server, right behind its codec: requests
    /// for their paths are taken, all others pass untouched. For Reactor Netty:
    ///
    /// ```java
    /// HttpServer.create().doOnChannelInit((_, channel, _) -> NettyHost.attach(channel.pipeline(), io))
    /// ```
    ///
    /// Closing the endpoints stays the caller's. A request for them is not seen by the handlers
    /// behind the codec: no access log, no metrics of the server's own.
    ///
    /// If TLS chooses between HTTP/2 and HTTP/1.1 (ALPN), the endpoints get the connections with
    /// HTTP/1.1, as WebSockets have. HTTP/2 passes untouched. A client that polls over HTTP/2, as
    /// browsers may do, reaches the application, which answers 404. Let these clients begin with
    /// WebSocket (`transports: ["websocket"]`), or offer HTTP/1.1 only.
    ///
    /// @throws IllegalArgumentException if the pipeline has no `HttpServerCodec` and will have
    ///   none, as where only HTTP/2 is spoken
    public static void attach(ChannelPipeline pipeline, Endpoint... endpoints) {
        attach(pipeline, new NettyMetrics(), endpoints);
    }

    /// As [#attach(ChannelPipeline, Endpoint...)], with counters of the caller.
    public static void attach(
            ChannelPipeline pipeline, NettyMetrics metrics, Endpoint... endpoints) {
        var hosted =
                new HostContext(
                        List.of(endpoints), null, HttpLimits.DEFAULT, metrics.counters(), null);
        AttachAfterAlpn.attach(pipeline, hosted);
    }

    /// The strand of an event loop, the same as connections have that endpoints were
    /// [attached][#attach] to. For requests that reach an endpoint in another way than through
    /// HTTP/1.1 pipelines, such as HTTP/2: their sessions can then move to a WebSocket.
    ///
    /// Call it on that event loop.
    public static Strand strand(EventLoop loop) {
        return EventLoopStrand.current(loop);
    }

    /// The port that is listened on.
    public int port() {
        return address().getPort();
    }

    /// The address that is listened on.
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// The I/O mechanism of this host.
    public IoTransport transport() {
        return transport;
    }

    /// The counters of this host.
    public NettyMetrics metrics() {
        return metrics;
    }

    /// The number of event loops that have ended, or have not run a task for more than five
    /// seconds. Their connections are not served, for instance because a handler with
    /// `Dispatch.INLINE` blocks. For a page about the server's health. Call it every few seconds: a
    /// loop counts if it has not answered an earlier call.
    public int unresponsiveEventLoops() {
        return probe.unresponsive();
    }

    /// Drains the endpoints over `window`, one after the other, and then [closes][#close]; see
    /// `drain` of `SocketIoServer`. Blocks until then; not for an event loop.
    public void drain(Duration window) {
        if (!closed.get()) {
            endpoints.forEach(endpoint -> drain(endpoint, window));
        }
        close();
    }

    private static void drain(Endpoint endpoint, Duration window) {
        try {
            endpoint.drain(window);
        } catch (Throwable t) {
            LOG.error("Draining {} failed", endpoint.served(), t);
        }
    }

    /// Drains when the JVM is told to end, as by SIGTERM or Ctrl-C.
    void drainOnShutdown(Duration window) {
        var hook = new Thread(() -> drain(window), "natter-drain");
        Runtime.getRuntime().addShutdownHook(hook);
        shutdownHook = hook;
    }

    /// Takes no more connections, and closes the endpoints. WebSockets have a second to answer
    /// their close frames; then every connection ends. Blocks until then, some seconds at most,
    /// also if an event loop is blocked. Not for an event loop.
    @Override
    public void close() {
        close(CLOSE_FRAMES_MILLIS, LAST_MILLIS);
    }

    /// @param closeFrames the milliseconds in which WebSockets may answer their close frames
    /// @param last the milliseconds in which event loops may end
    void close(long closeFrames, long last) {
        if (!closed.compareAndSet(false, true)) {
            var ignored = loops.terminationFuture().awaitUninterruptibly(CLOSED_MILLIS);
            return;
        }
        forgetShutdownHook();
        var ignored = listening.close().awaitUninterruptibly(closeFrames);
        endpoints.forEach(NettyHost::close);
        connections.awaitWebSockets(closeFrames);
        // Not left to the event loops. A loop that is busy when it is told to end (with no quiet
        // period) ends without closing the connections that are registered with it.
        connections.close(last);
        var ended = loops.shutdownGracefully(0, last, TimeUnit.MILLISECONDS);
        if (!ended.awaitUninterruptibly(last + closeFrames)) {
            LOG.warn("An event loop of port {} does not end: something blocks it", port());
        }
    }

    /// Whether the end of the JVM would drain this host.
    boolean isDrainedOnShutdown() {
        return shutdownHook != null;
    }

    private void forgetShutdownHook() {
        var hook = shutdownHook;
        shutdownHook = null;
        if (hook != null && !hook.equals(Thread.currentThread())) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                LOG.trace("the JVM ends already", e);
            }
        }
    }

    /// An endpoint that cannot be closed does not keep the others open.
    private static void close(Endpoint endpoint) {
        try {
            endpoint.close();
        } catch (Throwable t) {
            LOG.error("Closing {} failed", endpoint.served(), t);
        }
    }
}
