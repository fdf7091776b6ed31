package io.natter.webtransport;

import io.natter.host.HostMetrics;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Brings clients of WebTransport to an endpoint that also runs on another host, such as
/// `NettyHost` or a servlet container. The other host has polling and WebSocket on a TCP port. This
/// one has HTTP/3 on a UDP port, best of the same number.
///
/// ```java
/// var io = SocketIoServer.create(SocketIoOptions.builder()
///         .transports(POLLING, WEBSOCKET, WEBTRANSPORT)
///         .build());
/// NettyHost.builder().endpoint(io).tls(chain, key).port(8443).listen();
/// WebTransportHost.builder().endpoint(io).tls(chain, key).port(8443).listen();
/// ```
///
/// One thread speaks QUIC for all clients; endpoints run on strands as on other hosts. Any thread.
public final class WebTransportHost implements AutoCloseable {
    private static final long SECONDS = 5;

    private final HostContext context;
    private final EventLoopGroup loop;
    private final Channel channel;

    WebTransportHost(HostContext context, EventLoopGroup loop, Channel channel) {
        this.context = context;
        this.loop = loop;
        this.channel = channel;
    }

    /// Describes a host.
    public static WebTransportHostBuilder builder() {
        return new WebTransportHostBuilder();
    }

    /// The address on which it listens.
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// The counters of this host. A WebSocket here is a session.
    public HostMetrics metrics() {
        return context.metrics();
    }

    /// Ends all connections of this host, and waits for that some seconds at most. The endpoints
    /// stay open: they are closed by the host that they share with this one, or by the application.
    /// Close them first, so that they can tell their clients.
    @Override
    public void close() {
        channel.close().awaitUninterruptibly(SECONDS, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SECONDS, TimeUnit.SECONDS);
        context.strands().close();
    }
}
