package io.natter.netty;

import io.natter.engine.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A server of its own on one port, or, with `attach`, the same handlers on somebody else's.
///
/// ```java
/// var host = NettyHost.listen(io, 3000);
/// ```
///
/// Any thread.
public final class NettyHost implements AutoCloseable {
    /// How long a closing host waits for WebSockets to answer its close frames.
    private static final long GOODBYE_MILLIS = 1000;

    private static final long LAST_MILLIS = 5000;

    private final Channel listening;
    private final Lines lines;
    private final EventLoopGroup loops;
    private final List<Endpoint> endpoints;
    private final Transport transport;
    private final HostMetrics metrics;
    private final AtomicBoolean closed = new AtomicBoolean();

    NettyHost(
            Channel listening,
            Lines lines,
            EventLoopGroup loops,
            List<Endpoint> endpoints,
            Transport transport,
            HostMetrics metrics) {
        this.listening = listening;
        this.lines = lines;
        this.loops = loops;
        this.endpoints = endpoints;
        this.transport = transport;
        this.metrics = metrics;
    }

    /// Serves `endpoint` on `port` of all addresses.
    ///
    /// @param port 0 for any free one, see [#port]
    /// @throws java.io.UncheckedIOException if the port is in use or may not be used
    public static NettyHost listen(Endpoint endpoint, int port) {
        return builder().endpoint(endpoint).port(port).listen();
    }

    /// A host to be described further.
    public static NettyHostBuilder builder() {
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
    /// @throws IllegalArgumentException if the pipeline has no `HttpServerCodec`, as with HTTP/2
    public static void attach(ChannelPipeline pipeline, Endpoint... endpoints) {
        attach(pipeline, new HostMetrics(), endpoints);
    }

    /// Like `attach` with counters of the caller's.
    public static void attach(
            ChannelPipeline pipeline, HostMetrics metrics, Endpoint... endpoints) {
        var hosted = new Hosted(List.of(endpoints), null, HttpRules.DEFAULT, metrics, null);
        pipeline.addAfter(
                Move.codec(pipeline).name(), HttpConnection.NAME, new HttpConnection(hosted));
    }

    /// The port that is listened on.
    public int port() {
        return address().getPort();
    }

    /// The address that is listened on.
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// How this host talks to the kernel.
    public Transport transport() {
        return transport;
    }

    /// What this host counts.
    public HostMetrics metrics() {
        return metrics;
    }

    /// Takes no more connections, closes the endpoints, gives WebSockets a second to answer their
    /// close frames, then ends every line, whatever the peers do. Blocks until then, some seconds
    /// at most; not for an event loop.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            var _ = loops.terminationFuture().awaitUninterruptibly();
            return;
        }
        var _ = listening.close().awaitUninterruptibly();
        try {
            endpoints.forEach(Endpoint::close);
            lines.awaitWebSockets(GOODBYE_MILLIS);
        } finally {
            // Not left to the event loops: one that is busy when it is told to end (with no quiet
            // period) ends without closing what is registered with it.
            lines.close(LAST_MILLIS);
            var _ = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
