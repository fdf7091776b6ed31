package io.natter.webtransport;

import io.natter.host.CertificateFiles;
import io.natter.host.Endpoint;
import io.natter.host.MemoryBudget;
import io.natter.host.strand.SerialStrands;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.http3.Http3Settings;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Describes a [WebTransportHost]. One thread.
public final class WebTransportHostBuilder {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final long IDLE_SECONDS = 60;
    private static final long STREAM_BYTES = 64 * 1024;
    private static final long CONTROL_BYTES = 16 * 1024;
    private static final long CONNECTION_BYTES = 128 * 1024;
    private static final long BIDIRECTIONAL_STREAMS = 8;
    private static final long UNIDIRECTIONAL_STREAMS = 8;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int DATAGRAMS = 4;

    /// The settings by which the drafts of WebTransport announce it; browsers know different ones.
    /// A value of 1 allows one session a connection and promises no flow control of sessions.
    private static final List<Long> ANNOUNCEMENTS =
            List.of(0x2b603742L, 0xc671706aL, 0x14e9cd29L, 0x2c7cf000L);

    private final List<Endpoint> endpoints = new ArrayList<>();
    private @Nullable String host;
    private int port;
    private @Nullable CertificateFiles<QuicSslContext> tls;
    private int maxConnections = MAX_CONNECTIONS;
    private MemoryBudget memory = MemoryBudget.shared();

    WebTransportHostBuilder() {}

    /// Adds an endpoint. The first that takes sessions of WebTransport at a path gets the client. A
    /// `SocketIoServer` does where its option `transports` lists `WEBTRANSPORT`.
    public WebTransportHostBuilder endpoint(Endpoint endpoint) {
        endpoints.add(endpoint);
        return this;
    }

    /// The address to listen on. Default: all.
    public WebTransportHostBuilder host(String host) {
        this.host = host;
        return this;
    }

    /// The UDP port to listen on. Clients take the port of their URL, so it has the number of the
    /// other host's TCP port. Default 0: any free one.
    ///
    /// @throws IllegalArgumentException if there is no such port
    public WebTransportHostBuilder port(int port) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
        }
        this.port = port;
        return this;
    }

    /// The certificate chain and its private key, both in PEM, the key in PKCS#8 without a
    /// password. WebTransport always needs them. Renewed files are read again, as by `NettyHost`.
    ///
    /// @throws IllegalArgumentException if one of them cannot be used
    public WebTransportHostBuilder tls(Path certificates, Path key) {
        for (var file : List.of(certificates, key)) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("cannot read " + file);
            }
        }
        tls =
                new CertificateFiles<>(
                        List.of(certificates, key),
                        () -> context(certificates, key),
                        System::nanoTime);
        return this;
    }

    private static QuicSslContext context(Path certificates, Path key) {
        return QuicSslContextBuilder.forServer(key.toFile(), null, certificates.toFile())
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
    }

    /// The number of connections that may be open at once; further ones are closed. Default 10,000.
    ///
    /// @throws IllegalArgumentException unless it is positive
    public WebTransportHostBuilder maxConnections(int max) {
        if (max <= 0) {
            throw new IllegalArgumentException("maxConnections must be positive, not " + max);
        }
        maxConnections = max;
        return this;
    }

    /// The bytes of input and output that may wait for all clients together. Default:
    /// [MemoryBudget#shared].
    public WebTransportHostBuilder memoryBudget(MemoryBudget budget) {
        memory = budget;
        return this;
    }

    /// Starts to listen.
    ///
    /// @throws IllegalStateException if there is no certificate, or no endpoint that takes sessions
    /// @throws UncheckedIOException if the port is in use or may not be used
    public WebTransportHost listen() {
        if (tls == null) {
            throw new IllegalStateException("WebTransport needs a certificate: call tls(…)");
        }
        if (endpoints.isEmpty()) {
            throw new IllegalStateException("there is no endpoint: call endpoint(…)");
        }
        var context =
                new HostContext(
                        List.copyOf(endpoints),
                        SerialStrands.of(Runtime.getRuntime().availableProcessors()),
                        memory,
                        new WebTransportMetrics(),
                        maxConnections,
                        new AtomicInteger());
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var address =
                host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        var bound =
                new Bootstrap()
                        .group(loop)
                        .channel(NioDatagramChannel.class)
                        .handler(codec(context, tls))
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var ignored = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            context.strands().close();
            throw new UncheckedIOException(
                    new IOException("cannot listen on UDP " + address, bound.cause()));
        }
        return new WebTransportHost(context, loop, bound.channel());
    }

    private static ChannelHandler codec(HostContext context, CertificateFiles<QuicSslContext> tls) {
        return Http3.newQuicServerCodecBuilder()
                .sslEngineProvider(channel -> tls.current().newEngine(channel.alloc()))
                .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
                .initialMaxData(CONNECTION_BYTES)
                .initialMaxStreamDataBidirectionalLocal(CONTROL_BYTES)
                .initialMaxStreamDataBidirectionalRemote(STREAM_BYTES)
                .initialMaxStreamDataUnidirectional(CONTROL_BYTES)
                .initialMaxStreamsBidirectional(BIDIRECTIONAL_STREAMS)
                .initialMaxStreamsUnidirectional(UNIDIRECTIONAL_STREAMS)
                .datagram(DATAGRAMS, DATAGRAMS)
                .activeMigration(true)
                .tokenHandler(new AddressToken(System::currentTimeMillis))
                .handler(
                        new ChannelInitializer<QuicChannel>() {
                            @Override
                            protected void initChannel(QuicChannel channel) {
                                var client = new ClientConnection(context, channel);
                                channel.pipeline().addLast(client, http3(client));
                            }
                        })
                .build();
    }

    private static ChannelHandler http3(ClientConnection client) {
        var settings =
                new Http3Settings((id, value) -> true)
                        .enableConnectProtocol(true)
                        .enableH3Datagram(true)
                        .maxFieldSectionSize(MAX_HEADER_BYTES);
        ANNOUNCEMENTS.forEach(id -> settings.put(id, 1L));
        return new Http3ServerConnectionHandler(
                new ChannelInitializer<QuicStreamChannel>() {
                    @Override
                    protected void initChannel(QuicStreamChannel stream) {
                        stream.pipeline().addLast(new ConnectStream(client));
                    }
                },
                null,
                null,
                new DefaultHttp3SettingsFrame(settings),
                true,
                (id, value) -> true);
    }
}
