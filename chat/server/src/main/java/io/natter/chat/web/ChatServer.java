package io.natter.chat.web;

import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.GuessLimits;
import io.natter.chat.access.Limits;
import io.natter.chat.access.MonotonicClock;
import io.natter.chat.access.Origins;
import io.natter.chat.access.PasswordHasher;
import io.natter.chat.access.SetupToken;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.events.Presence;
import io.natter.chat.log.RateLimitFilter;
import io.natter.chat.log.WithoutMessages;
import io.natter.chat.push.PushDispatcher;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.netty.NettyHost;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/// A running chat: the store, its HTTP server, and Socket.IO on the same port.
public final class ChatServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatServer.class);

    static {
        // A broken connection is no error of the server: clients cause it.
        Hooks.onErrorDropped(
                e -> log.debug("A connection broke: {}", e.getClass().getSimpleName()));
    }

    /// How long closing waits for browsers to answer the goodbye.
    private static final long GOODBYE_MILLIS = 500;

    /// How much longer a whole request may take than its body, whose timeout is answered.
    private static final Duration SPARE = Duration.ofSeconds(5);

    private static final int TROUBLE_SECONDS = 5;
    private static final int FORGET_SECONDS = 60;

    private final SqliteStore store;
    private final ChatEvents events;
    private final Routes routes;
    private final LoopResources loops;
    private final DisposableServer http;
    private final ChannelGroup lines;
    private final LongAdder requestTimeouts;
    private final ScheduledExecutorService ticker;
    private final EventLoopProbe probe;
    private final Presence presence;
    private final PasswordHasher hasher;
    private final SetupToken setup;
    private final PushDispatcher push;
    private final Duration notice;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Only the ticker touches it.
    private int ticks;

    private volatile boolean moreToForget;

    private ChatServer(
            SqliteStore store,
            ChatEvents events,
            Routes routes,
            LoopResources loops,
            DisposableServer http,
            ChannelGroup lines,
            LongAdder requestTimeouts,
            EventLoopProbe probe,
            Presence presence,
            PasswordHasher hasher,
            SetupToken setup,
            PushDispatcher push,
            Duration notice) {
        this.probe = probe;
        this.presence = presence;
        this.hasher = hasher;
        this.setup = setup;
        this.push = push;
        this.store = store;
        this.events = events;
        this.routes = routes;
        this.loops = loops;
        this.http = http;
        this.lines = lines;
        this.requestTimeouts = requestTimeouts;
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
        return start(config, InstantSource.system(), new MonotonicClock(), Tuning.DEFAULT);
    }

    /// @param notice how long before it happens clients are told of a closing
    /// @param request how long a request may take to arrive
    /// @param eventsPerSecond events of one socket in a second, above which it is closed
    /// @param pushServices origins of push services besides those of the known browsers
    record Tuning(Duration notice, Duration request, int eventsPerSecond, List<URI> pushServices) {
        static final Tuning DEFAULT =
                new Tuning(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        ChatEvents.EVENTS_PER_SECOND,
                        List.of());
    }

    /// @param clock the time of day
    /// @param monotonic a clock that nobody sets, for limits and waiting times
    static ChatServer start(
            ChatConfig config, InstantSource clock, InstantSource monotonic, Tuning tuning)
            throws StoreUnavailableException, BindException {
        Origins origins = new Origins(config.host(), config.origins());
        SqliteStore store = SqliteStore.open(config.data(), clock);
        Limits limits = new Limits(monotonic);
        ClientAddresses addresses = new ClientAddresses(config.trustedProxies());
        Presence presence = new Presence(monotonic);
        ChatEvents events =
                new ChatEvents(
                        store,
                        presence,
                        limits,
                        origins,
                        addresses,
                        clock,
                        tuning.eventsPerSecond());
        PasswordHasher hasher = new PasswordHasher();
        SetupToken setup = new SetupToken();
        PushDispatcher push =
                new PushDispatcher(
                        store.push(),
                        presence::connected,
                        contact(config),
                        tuning.pushServices(),
                        clock);
        store.onCommitted(push::committed);
        ApiRequests requests = new ApiRequests(origins, limits, addresses, store.sessions());
        LoopResources loops = LoopResources.create("natter-http");
        EventLoopProbe probe = new EventLoopProbe(loops.onServer(true), monotonic);
        HttpApi api = new HttpApi(tuning.request());
        Routes routes =
                new Routes(
                        api,
                        store,
                        new SessionApi(store, requests, events::endSession),
                        new AccountApi(store, requests, hasher, new GuessLimits(monotonic), setup),
                        new PushApi(store.push(), requests, push),
                        new PageServer(),
                        new FileRoutes(api, new FileApi(store.files(), requests, limits)),
                        probe);
        // Stays closed: a line that comes when the server has closed is closed as well.
        ChannelGroup lines = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        LongAdder requestTimeouts = new LongAdder();
        try {
            DisposableServer http =
                    server(config, tuning, loops, lines, requestTimeouts, events, routes).bindNow();
            origins.bound(http.port(), config.tls() != null);
            return new ChatServer(
                    store,
                    events,
                    routes,
                    loops,
                    http,
                    lines,
                    requestTimeouts,
                    probe,
                    presence,
                    hasher,
                    setup,
                    push,
                    tuning.notice());
        } catch (RuntimeException e) {
            events.io().close();
            push.close();
            store.close();
            hasher.close();
            loops.dispose();
            throw cannotListen(config, e);
        }
    }

    /// Where the operators of push services reach the server's: its public address, if it has one.
    private static String contact(ChatConfig config) {
        return config.origins().stream()
                .filter(origin -> origin.startsWith("https://"))
                .findFirst()
                .orElse("mailto:natter@localhost");
    }

    private static HttpServer server(
            ChatConfig config,
            Tuning tuning,
            LoopResources loops,
            ChannelGroup lines,
            LongAdder requestTimeouts,
            ChatEvents events,
            Routes routes) {
        var tls = config.tls() == null ? null : config.tls().installer();
        return HttpServer.create()
                .runOn(loops)
                .host(config.host())
                .port(config.port())
                .protocol(HttpProtocol.HTTP11)
                .httpRequestDecoder(spec -> spec.maxInitialLineLength(8192).maxHeaderSize(16_384))
                .idleTimeout(Duration.ofSeconds(60))
                .doOnChannelInit(
                        (_, channel, _) -> {
                            lines.add(channel);
                            channel.pipeline()
                                    .addAfter(
                                            NettyPipeline.HttpCodec,
                                            RequestChecks.NAME,
                                            RequestChecks.INSTANCE)
                                    .addAfter(
                                            NettyPipeline.HttpCodec,
                                            RequestTimeout.NAME,
                                            new RequestTimeout(
                                                    tuning.request().plus(SPARE), requestTimeouts));
                            // In front of it: what is for Socket.IO never gets there.
                            NettyHost.attach(channel.pipeline(), events.io());
                            if (tls != null) {
                                tls.accept(channel.pipeline());
                            }
                        })
                .handle(routes);
    }

    private static BindException cannotListen(ChatConfig config, RuntimeException cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        BindException refused = new BindException(cannotListen(config, root));
        refused.initCause(cause);
        return refused;
    }

    private static String cannotListen(ChatConfig config, Throwable root) {
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return "There is no host named %s. Choose an address of this machine with --host."
                    .formatted(config.host());
        }
        String why = String.valueOf(root.getMessage());
        if (why.contains("in use")) {
            return "Port %d of %s is in use. Stop the program that has it, or choose another with --port."
                    .formatted(config.port(), config.host());
        }
        if (why.contains("Cannot assign")) {
            return "%s is no address of this machine. Choose one that is with --host."
                    .formatted(config.host());
        }
        if (why.contains("ermission denied")) {
            return "Port %d needs rights that this user does not have. Choose one from 1024 on with --port."
                    .formatted(config.port());
        }
        return "Cannot listen on %s port %d (%s). Choose others with --host and --port."
                .formatted(config.host(), config.port(), why);
    }

    private static boolean isWebSocket(Channel line) {
        return line.pipeline().get(HttpServerCodec.class) == null;
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    /// How many connections were closed because a request did not arrive in time.
    public long requestTimeouts() {
        return requestTimeouts.sum();
    }

    /// For tests: how many connections are open.
    int connections() {
        return lines.size();
    }

    /// For tests: how many people have a socket.
    int connectedPeople() {
        return presence.connected().size();
    }

    /// For tests: a loop that serves connections, but takes no new ones.
    EventExecutor servingLoop() {
        for (EventExecutor each : loops.onServer(true)) {
            if (!each.equals(http.channel().eventLoop())) {
                return each;
            }
        }
        throw new IllegalStateException("there is only one");
    }

    /// The secret that makes the first owner, for whoever sees the console; empty once there is
    /// one.
    public Optional<String> setupSecret() {
        return store.place().place().owned() ? Optional.empty() : Optional.of(setup.secret());
    }

    /// Whether the page is in this build.
    public boolean hasPage() {
        return routes.hasPage();
    }

    /// Runs once a second. The ticker goes on after an exception.
    private void tick() {
        ticks++;
        attempt("Gathering presence", events::gatherPresence);
        attempt("Asking the event loops", probe::ask);
        attempt("Summing up the log", RateLimitFilter::summarize);
        if (ticks % TROUBLE_SECONDS == 0) {
            // Asking is what ends it where nobody else asks.
            attempt("Asking the store", store::trouble);
        }
        if (ticks % FORGET_SECONDS == 0 || moreToForget) {
            attempt("Forgetting guests", this::forgetUnused);
        }
        if (ticks % FORGET_SECONDS == 0) {
            var _ =
                    Thread.startVirtualThread(
                            () -> attempt("Removing files", store.files()::sweep));
        }
    }

    private void forgetUnused() {
        moreToForget = false; // where it is refused, the next minute will do
        var _ =
                store.sessions()
                        .forgetUnused(presence.ids())
                        .thenAccept(more -> moreToForget = more);
    }

    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (Throwable t) {
            log.error("{} failed", what, WithoutMessages.of(t));
        }
    }

    /// Stops: tells the clients, gives what is under way a moment to be answered, stores what
    /// waits, closes. A step that fails does not keep the others from being done. Idempotent;
    /// blocks until done, some seconds at most.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        routes.close();
        attempt("Telling the clients", () -> events.announceClosing(notice));
        LockSupport.parkNanos(notice.toNanos());
        ticker.shutdownNow();
        attempt("Ending push messages", push::close);
        attempt("Closing the store", store::close);
        attempt("Ending the hashing", hasher::close);
        attempt("Closing Socket.IO", events.io()::close);
        attempt("Closing the connections", this::closeLines);
        attempt("Closing the server", () -> http.disposeNow(Duration.ofSeconds(3)));
        attempt("Ending the event loops", this::endLoops);
    }

    private void closeLines() {
        var _ = lines.newCloseFuture(ChatServer::isWebSocket).awaitUninterruptibly(GOODBYE_MILLIS);
        // Not left to the event loops: one that is busy when it ends closes nothing.
        var _ = lines.close().awaitUninterruptibly(2000);
    }

    private void endLoops() {
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(5));
    }
}
