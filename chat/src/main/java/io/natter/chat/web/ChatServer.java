package io.natter.chat.web;

import io.natter.chat.store.SqliteStore;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.netty.NettyHost;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/// A running chat: the store, its HTTP server, and Socket.IO on the same port.
public final class ChatServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatServer.class);

    /// How long closing waits for browsers to answer the goodbye.
    private static final long GOODBYE_MILLIS = 500;

    private final SqliteStore store;
    private final ChatEvents events;
    private final Routes routes;
    private final LoopResources loops;
    private final DisposableServer http;
    private final ChannelGroup lines;
    private final ScheduledExecutorService ticker;
    private final Duration notice;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ChatServer(
            SqliteStore store,
            ChatEvents events,
            Routes routes,
            LoopResources loops,
            DisposableServer http,
            ChannelGroup lines,
            Duration notice) {
        this.store = store;
        this.events = events;
        this.routes = routes;
        this.loops = loops;
        this.http = http;
        this.lines = lines;
        this.notice = notice;
        this.ticker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("natter-ticker").daemon().factory());
        var _ = ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /// Starts a chat with the time of the system.
    ///
    /// @throws StoreUnavailableException when the data directory cannot be used
    /// @throws BindException when the address or port cannot be had
    public static ChatServer start(ChatConfig config)
            throws StoreUnavailableException, BindException {
        return start(config, InstantSource.system(), Duration.ofMillis(500));
    }

    /// @param notice how long before it happens clients are told of a closing
    static ChatServer start(ChatConfig config, InstantSource clock, Duration notice)
            throws StoreUnavailableException, BindException {
        Origins origins = new Origins(config.host(), config.origins());
        SqliteStore store = SqliteStore.open(config.data(), clock);
        Limits limits = new Limits(clock);
        ChatEvents events = new ChatEvents(store, new Presence(clock), limits, origins, clock);
        Routes routes =
                new Routes(
                        store,
                        new SessionApi(store, origins, limits, events::endSession),
                        new PageServer());
        LoopResources loops = LoopResources.create("natter-http");
        // Stays closed: a line that comes when the server has closed is closed as well.
        ChannelGroup lines = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        try {
            DisposableServer http = server(config, loops, lines, events, routes).bindNow();
            origins.bound(http.port());
            return new ChatServer(store, events, routes, loops, http, lines, notice);
        } catch (RuntimeException e) {
            events.io().close();
            store.close();
            loops.dispose();
            throw cannotListen(config, e);
        }
    }

    private static HttpServer server(
            ChatConfig config,
            LoopResources loops,
            ChannelGroup lines,
            ChatEvents events,
            Routes routes) {
        return HttpServer.create()
                .runOn(loops)
                .host(config.host())
                .port(config.port())
                .protocol(HttpProtocol.HTTP11)
                .httpRequestDecoder(spec -> spec.maxInitialLineLength(8192).maxHeaderSize(16_384))
                .idleTimeout(Duration.ofSeconds(60))
                .requestTimeout(Duration.ofSeconds(30))
                .doOnChannelInit(
                        (_, channel, _) -> {
                            lines.add(channel);
                            NettyHost.attach(channel.pipeline(), events.io());
                        })
                .handle(routes);
    }

    private static BindException cannotListen(ChatConfig config, RuntimeException cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean inUse = String.valueOf(root.getMessage()).contains("in use");
        BindException refused =
                new BindException(
                        inUse
                                ? "Port %d of %s is in use. Stop the program that has it, or choose another with --port."
                                        .formatted(config.port(), config.host())
                                : "Cannot listen on %s port %d (%s). Choose others with --host and --port."
                                        .formatted(
                                                config.host(), config.port(), root.getMessage()));
        refused.initCause(cause);
        return refused;
    }

    private static boolean isWebSocket(Channel line) {
        return line.pipeline().get(HttpServerCodec.class) == null;
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    /// Whether the page is in this build.
    public boolean hasPage() {
        return routes.hasPage();
    }

    private void tick() {
        try {
            events.gatherPresence();
        } catch (RuntimeException e) {
            log.error("Gathering presence failed", e); // or the ticker would end here
        }
    }

    /// Stops: tells the clients, gives what is under way a moment to be answered, stores what
    /// waits, closes. Idempotent; blocks until done, some seconds at most.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        routes.close();
        events.announceClosing(notice);
        LockSupport.parkNanos(notice.toNanos());
        ticker.shutdownNow();
        store.close();
        events.io().close();
        var _ = lines.newCloseFuture(ChatServer::isWebSocket).awaitUninterruptibly(GOODBYE_MILLIS);
        // Not left to the event loops: one that is busy when it ends closes nothing.
        var _ = lines.close().awaitUninterruptibly(2000);
        try {
            http.disposeNow(Duration.ofSeconds(3));
        } catch (RuntimeException e) {
            log.warn("Some connections did not end in time", e);
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(5));
    }
}
