package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpExchange;
import io.natter.engine.HttpResponse;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private final HostMetrics metrics = new HostMetrics();
    private @Nullable String host;
    private int port;
    private int threads = Runtime.getRuntime().availableProcessors();
    private @Nullable Transport transport;
    private @Nullable SslContext tls;
    private @Nullable Consumer<HttpExchange> fallback;
    private HttpRules rules = HttpRules.DEFAULT;

    NettyHostBuilder() {}

    /// One more endpoint; the first that matches a path gets the request.
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
    public NettyHostBuilder port(int port) {
        this.port = port;
        return this;
    }

    /// How many event loops. Default: one a processor.
    public NettyHostBuilder threads(int threads) {
        this.threads = threads;
        return this;
    }

    /// How to talk to the kernel. Default: [Transport#best].
    public NettyHostBuilder transport(Transport transport) {
        this.transport = transport;
        return this;
    }

    /// TLS with a certificate chain and its private key, both in PEM, the key in PKCS#8 without a
    /// password. By BoringSSL where its library loads, else by the JDK.
    ///
    /// @throws IllegalArgumentException if one of them cannot be used
    public NettyHostBuilder tls(Path certificates, Path key) {
        tls = Tls.context(certificates, key);
        return this;
    }

    /// Answers requests for paths of no endpoint. Called on the event loop; must not block.
    /// Default: 404 with a text that says what is served.
    public NettyHostBuilder fallback(Consumer<HttpExchange> fallback) {
        this.fallback = fallback;
        return this;
    }

    /// Bounds of HTTP. Default: [HttpRules#DEFAULT].
    public NettyHostBuilder rules(HttpRules rules) {
        this.rules = rules;
        return this;
    }

    /// Starts to listen.
    ///
    /// @throws UncheckedIOException if the port is in use or may not be used
    public NettyHost listen() {
        var chosen = transport == null ? Transport.best() : transport;
        var all = List.copyOf(endpoints);
        var rest = fallback == null ? notFound(all) : fallback;
        var loops =
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory("natter"), chosen.handlers());
        var lines = new Lines();
        var bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(chosen.channel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new Child(
                                        new Hosted(all, rest, rules, metrics, lines), lines, tls));
        if (chosen != Transport.IO_URING) { // whose reads hold their buffers while they wait
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
        return new NettyHost(bound.channel(), lines, loops, all, chosen, metrics);
    }

    private static void shutdown(EventLoopGroup loops) {
        var _ =
                loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                        .awaitUninterruptibly();
    }

    private UncheckedIOException cannotListen(Throwable cause) {
        var where = "port " + port + (host == null ? "" : " of " + host);
        var why = String.valueOf(cause.getMessage());
        if (cause instanceof BindException || why.contains("in use")) {
            var inUse = why.contains("in use");
            var message =
                    inUse
                            ? where + " is in use: another program listens on it"
                            : "cannot listen on " + where + ": " + why;
            var known = new BindException(message);
            known.initCause(cause);
            return new UncheckedIOException(message, known);
        }
        var message = "cannot listen on " + where + ": " + why;
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
        private final Hosted hosted;
        private final Lines lines;
        private final @Nullable SslContext tls;

        Child(Hosted hosted, Lines lines, @Nullable SslContext tls) {
            this.hosted = hosted;
            this.lines = lines;
            this.tls = tls;
        }

        @Override
        protected void initChannel(Channel channel) {
            var pipeline = channel.pipeline();
            if (tls != null) {
                pipeline.addLast(tls.newHandler(channel.alloc()));
            }
            pipeline.addLast(
                    new HttpRequestDecoder(
                            new HttpDecoderConfig()
                                    .setMaxInitialLineLength(hosted.rules().maxRequestLine())
                                    .setMaxHeaderSize(hosted.rules().maxHeaders())));
            pipeline.addLast(HttpConnection.NAME, new HttpConnection(hosted));
            lines.add(channel);
        }
    }
}
