package io.natter.netty;

import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpLimits;
import io.natter.host.HttpResponse;
import io.natter.host.MemoryBudget;
import io.natter.netty.http.HostContext;
import io.natter.netty.http.HttpConnection;
import io.natter.netty.http.RequestDecoder;
import io.natter.netty.loop.ConnectionRegistry;
import io.natter.netty.loop.HostCounters;
import io.natter.netty.loop.HostEventLoops;
import io.natter.netty.websocket.UpgradeHandoff;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Describes a [NettyHost]. One thread.
public final class NettyHostBuilder {
    private static final int BACKLOG = 4096;

    private final List<Endpoint> endpoints = new ArrayList<>();
    private @Nullable String host;
    private int port;
    private int threads = Runtime.getRuntime().availableProcessors();
    private @Nullable IoTransport transport;
    private @Nullable ReloadingTls tls;
    private @Nullable Consumer<HttpExchange> fallback;
    private HttpLimits rules = HttpLimits.DEFAULT;
    private MemoryBudget memory = MemoryBudget.shared();
    private @Nullable Duration drainOnShutdown;

    NettyHostBuilder() {}

    /// Adds an endpoint. The first that matches a path gets the request.
    public NettyHostBuilder endpoint(Endpoint endpoint) {
        endpoints.add(endpoint);
        return this;
    }

    /// The address to listen on. Default: all.
    public NettyHostBuilder host(String host) {
        this.host = host;
        return this;
    }

    /// The port to listen on. Default 0: any free one.
    ///
    /// @throws IllegalArgumentException if there is no such port
    public NettyHostBuilder port(int port) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
        }
        this.port = port;
        return this;
    }

    /// The number of event loops. Default: one for each processor.
    public NettyHostBuilder threads(int threads) {
        this.threads = threads;
        return this;
    }

    /// The I/O mechanism. Default: [IoTransport#best].
    public NettyHostBuilder transport(IoTransport transport) {
        this.transport = transport;
        return this;
    }

    /// TLS with a certificate chain and its private key, both in PEM, the key in PKCS#8 without a
    /// password; see [Tls#pem].
    ///
    /// @throws IllegalArgumentException if one of them cannot be used
    public NettyHostBuilder tls(Path certificates, Path key) {
        return tls(Tls.pem(certificates, key));
    }

    /// TLS as described. Default: none.
    ///
    /// @throws IllegalArgumentException if a file of it cannot be used
    public NettyHostBuilder tls(Tls tls) {
        return tls(new ReloadingTls(tls, System::nanoTime));
    }

    NettyHostBuilder tls(ReloadingTls tls) {
        this.tls = tls;
        return this;
    }

    /// Answers requests for paths of no endpoint. Called on the event loop; must not block.
    /// Default: 404 with a text that says what is served.
    public NettyHostBuilder fallback(Consumer<HttpExchange> fallback) {
        this.fallback = fallback;
        return this;
    }

    /// The limits of HTTP. Default: [HttpLimits#DEFAULT].
    public NettyHostBuilder rules(HttpLimits rules) {
        this.rules = rules;
        return this;
    }

    /// The bytes of input and output that may wait for all connections together. Above the limit,
    /// the connections that hold the most are closed. Default: [MemoryBudget#shared], as for the
    /// sessions of the engine. A host lowers the limit to half of the direct memory that the JVM
    /// may have.
    public NettyHostBuilder memoryBudget(MemoryBudget budget) {
        memory = budget;
        return this;
    }

    /// Drains the host over `window` when the JVM is told to end, as by SIGTERM or Ctrl-C; see
    /// [NettyHost#drain]. The JVM waits for it, so the process must get some seconds more before it
    /// is killed. Default: connections are lost when the JVM ends.
    ///
    /// @throws IllegalArgumentException if it is negative
    public NettyHostBuilder drainOnShutdown(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("window must not be negative: " + window);
        }
        drainOnShutdown = window;
        return this;
    }

    /// Starts to listen.
    ///
    /// @throws UncheckedIOException if the port is in use or may not be used
    /// @throws IllegalStateException if the transport asked for does not work on this machine
    public NettyHost listen() {
        var chosen = transport == null ? IoTransport.chooseBest() : transport;
        var all = List.copyOf(endpoints);
        var rest = fallback == null ? notFound(all) : fallback;
        var counters = new HostCounters(memory);
        var loops = new HostEventLoops(threads, chosen.handlers(), counters);
        var connections = new ConnectionRegistry(UpgradeHandoff::isWebSocket);
        var bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(chosen.channel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(
                                new Child(
                                        new HostContext(all, rest, rules, counters, connections),
                                        connections,
                                        tls));
        if (chosen != IoTransport.IO_URING) { // whose reads hold their buffers while they wait
            bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR, new ReceiveBuffer());
        }
        var address = host;
        var bound =
                (address == null ? bootstrap.bind(port) : bootstrap.bind(address, port))
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            shutdown(loops);
            throw cannotListen(bound.cause());
        }
        var listening =
                new NettyHost(
                        bound.channel(),
                        connections,
                        loops,
                        all,
                        chosen,
                        new NettyMetrics(counters));
        if (drainOnShutdown != null) {
            listening.drainOnShutdown(drainOnShutdown);
        }
        return listening;
    }

    private static void shutdown(EventLoopGroup loops) {
        var ignored =
                loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                        .awaitUninterruptibly();
    }

    private UncheckedIOException cannotListen(Throwable cause) {
        var where = "port " + port + (host == null ? "" : " of " + host);
        var why = String.valueOf(cause.getMessage());
        String message;
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            message =
                    "cannot listen on "
                            + where
                            + ": no address is known for this name. Give an address of this"
                            + " machine, as 127.0.0.1, or none for all";
        } else if (why.contains("in use")) {
            message = where + " is in use: another program listens on it";
        } else if (why.contains("Permission denied")) {
            message =
                    "cannot listen on "
                            + where
                            + ": permission denied. Ports below 1024 are for the administrator;"
                            + " take a higher one";
        } else if (why.contains("assign requested address")) {
            message =
                    "cannot listen on "
                            + where
                            + ": this machine does not have that address. Give one of its own, as"
                            + " 127.0.0.1, or none for all";
        } else {
            message = "cannot listen on " + where + ": " + cause;
        }
        if (cause instanceof BindException || why.contains("in use")) {
            var known = new BindException(message);
            known.initCause(cause);
            return new UncheckedIOException(message, known);
        }
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    private static Consumer<HttpExchange> notFound(List<Endpoint> endpoints) {
        var served =
                endpoints.isEmpty()
                        ? "nothing"
                        : endpoints.stream()
                                .map(Endpoint::served)
                                .collect(Collectors.joining(", "));
        return exchange -> {
            var text = "Not Found: nothing at this path. Served here: " + served + "\n";
            exchange.respond(
                    new HttpResponse(
                            404,
                            Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
                            text.getBytes(StandardCharsets.UTF_8)));
        };
    }

    /// Sets up a connection that was taken.
    private static final class Child extends ChannelInitializer<Channel> {
        private final HostContext hosted;
        private final ConnectionRegistry connections;
        private final @Nullable ReloadingTls tls;

        Child(HostContext hosted, ConnectionRegistry connections, @Nullable ReloadingTls tls) {
            this.hosted = hosted;
            this.connections = connections;
            this.tls = tls;
        }

        @Override
        protected void initChannel(Channel channel) {
            var pipeline = channel.pipeline();
            if (tls != null) {
                pipeline.addLast(tls.newHandler(channel.alloc()));
            }
            var http = new HttpConnection(hosted);
            pipeline.addLast(http.gate());
            pipeline.addLast(new RequestDecoder(hosted.rules(), http.memory()));
            pipeline.addLast(HttpConnection.NAME, http);
            connections.add(channel);
        }
    }
}
