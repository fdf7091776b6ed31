package io.natter.chat.web.http;

import io.natter.host.Endpoint;
import io.natter.netty.NettyHost;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/// The port of the chat: Reactor Netty, with Socket.IO in front of it, and the open connections.
public final class HttpListener {
    /// How long closing waits for the browsers' close frames.
    private static final long CLOSE_FRAME_MILLIS = 500;

    /// A whole request may take longer than its body by this time, because the timeout of a body is
    /// answered.
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final LoopResources loops;
    private final Duration requestTime;
    private final Consumer<ChannelPipeline> tls;
    private final String basePath;
    private final LongAdder requestTimeouts = new LongAdder();

    /// Stays closed: a connection that comes when the server has closed is closed too.
    private final ChannelGroup connections =
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private @Nullable DisposableServer server;

    /// Makes a listener that does not listen yet.
    ///
    /// @param requestTime how long the body of a request may take to arrive
    /// @param tls puts TLS first into the pipeline of a connection, or does nothing
    /// @param basePath the path below which everything is, as in `/chat`; empty for `/`
    public HttpListener(
            LoopResources loops,
            Duration requestTime,
            Consumer<ChannelPipeline> tls,
            String basePath) {
        this.loops = loops;
        this.requestTime = requestTime;
        this.tls = tls;
        this.basePath = basePath;
    }

    /// Starts to listen.
    ///
    /// @throws BindException with a sentence about the reason
    public void listen(
            String host,
            int port,
            List<Endpoint> endpoints,
            BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler)
            throws BindException {
        try {
            server = configured(host, port, endpoints).handle(handler).bindNow();
        } catch (RuntimeException e) {
            throw cannotListen(host, port, e);
        }
    }

    private HttpServer configured(String host, int port, List<Endpoint> endpoints) {
        return HttpServer.create()
                .runOn(loops)
                .host(host)
                .port(port)
                .protocol(HttpProtocol.HTTP11)
                .httpRequestDecoder(spec -> spec.maxInitialLineLength(8192).maxHeaderSize(16_384))
                .idleTimeout(Duration.ofSeconds(60))
                .doOnChannelInit(
                        (_, channel, _) -> {
                            connections.add(channel);
                            channel.pipeline()
                                    .addAfter(
                                            NettyPipeline.HttpCodec,
                                            RequestChecks.NAME,
                                            RequestChecks.INSTANCE)
                                    .addAfter(
                                            NettyPipeline.HttpCodec,
                                            RequestTimeout.NAME,
                                            new RequestTimeout(
                                                    requestTime.plus(SPARE), requestTimeouts));
                            if (!basePath.isEmpty()) {
                                channel.pipeline()
                                        .addAfter(
                                                RequestChecks.NAME,
                                                BasePath.NAME,
                                                new BasePath(basePath));
                            }
                            // In front of Reactor Netty, which never gets Socket.IO's requests.
                            NettyHost.attach(
                                    channel.pipeline(), endpoints.toArray(Endpoint[]::new));
                            tls.accept(channel.pipeline());
                        });
    }

    private DisposableServer server() {
        if (server == null) {
            throw new IllegalStateException("not listening yet");
        }
        return server;
    }

    public int port() {
        return server().port();
    }

    /// The number of connections that were closed because a request did not arrive in time.
    public long requestTimeouts() {
        return requestTimeouts.sum();
    }

    /// The number of open connections.
    public int connections() {
        return connections.size();
    }

    /// For tests: an event loop that serves connections, but accepts none.
    public EventExecutor servingLoop() {
        for (EventExecutor each : loops.onServer(true)) {
            if (!each.equals(server().channel().eventLoop())) {
                return each;
            }
        }
        throw new IllegalStateException("there is only one");
    }

    // ---- the end

    public void closeConnections() {
        var _ =
                connections
                        .newCloseFuture(HttpListener::isWebSocket)
                        .awaitUninterruptibly(CLOSE_FRAME_MILLIS);
        // Not left to the event loops: one that is busy when it ends closes nothing.
        var _ = connections.close().awaitUninterruptibly(2000);
    }

    private static boolean isWebSocket(Channel channel) {
        return channel.pipeline().get(HttpServerCodec.class) == null;
    }

    public void dispose() {
        server().disposeNow(Duration.ofSeconds(3));
    }

    public void endLoops() {
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(5));
    }

    // ---- errors

    private static BindException cannotListen(String host, int port, RuntimeException cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        BindException refused = new BindException(reason(host, port, root));
        refused.initCause(cause);
        return refused;
    }

    private static String reason(String host, int port, Throwable root) {
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return "There is no host named %s. Choose an address of this machine with --host."
                    .formatted(host);
        }
        String why = String.valueOf(root.getMessage());
        if (why.contains("in use")) {
            return "Port %d of %s is in use. Stop the program that has it, or choose another with --port."
                    .formatted(port, host);
        }
        if (why.contains("Cannot assign")) {
            return "%s is no address of this machine. Choose one that is with --host."
                    .formatted(host);
        }
        if (why.contains("ermission denied")) {
            return "Port %d needs rights that this user does not have. Choose one from 1024 on with --port."
                    .formatted(port);
        }
        return "Cannot listen on %s port %d (%s). Choose others with --host and --port."
                .formatted(host, port, why);
    }
}
