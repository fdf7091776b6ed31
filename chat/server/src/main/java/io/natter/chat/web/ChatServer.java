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
import io.natter.chat.push.PushDispatcher;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.webhooks.WebhookAddresses;
import io.natter.chat.webhooks.WebhookDispatcher;
import io.natter.chat.webhooks.WebhookEvents;
import io.natter.netty.Tls;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;
import reactor.netty.resources.LoopResources;

/// A running chat: the store, its HTTP server, and Socket.IO on the same port.
public final class ChatServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChatServer.class);

    static {
        // A broken connection is no error of the server: clients cause it.
        Hooks.onErrorDropped(
                e -> log.debug("A connection broke: {}", e.getClass().getSimpleName()));
    }

    private final SqliteStore store;
    private final ChatEvents events;
    private final PageServer page;
    private final HealthPages health;
    private final HttpListener http;
    private final Housekeeping housekeeping;
    private final PasswordHasher hasher;
    private final SetupToken setup;
    private final Presence presence;
    private final PushDispatcher push;
    private final WebhookDispatcher webhooks;
    private final Routes routes;
    private final Duration notice;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ChatServer(
            ChatConfig config, InstantSource clock, InstantSource monotonic, Tuning tuning)
            throws StoreUnavailableException, BindException {
        Origins origins = new Origins(config.host(), config.origins());
        store = SqliteStore.open(config.data(), clock);
        Limits limits = new Limits(monotonic);
        ClientAddresses addresses = new ClientAddresses(config.trustedProxies());
        presence = new Presence(monotonic);
        events =
                new ChatEvents(
                        store,
                        presence,
                        limits,
                        origins,
                        addresses,
                        clock,
                        tuning.eventsPerSecond());
        hasher = new PasswordHasher();
        setup = new SetupToken();
        push =
                new PushDispatcher(
                        store.push(),
                        presence::connected,
                        contact(config),
                        tuning.pushServices(),
                        clock);
        store.onCommitted(push::committed);
        WebhookAddresses receivers = new WebhookAddresses(config.webhookNetworks());
        store.formatEvents(WebhookEvents::of);
        webhooks = new WebhookDispatcher(store.webhooks(), receivers, clock);
        store.onCommitted(webhooks::committed);
        notice = tuning.notice();
        page = new PageServer();
        LoopResources loops = LoopResources.create("natter-http");
        EventLoopProbe probe = new EventLoopProbe(loops.onServer(true), monotonic);
        ApiRequests requests = new ApiRequests(origins, limits, addresses, store.sessions());
        HttpApi api = new HttpApi(tuning.request());
        health = new HealthPages(api, store, probe);
        routes =
                new Routes(
                        api,
                        new SessionApi(store, requests, events::endSession),
                        new AccountApi(store, requests, hasher, new GuessLimits(monotonic), setup),
                        new PushApi(store.push(), requests, push),
                        new FileRoutes(api, new FileApi(store.files(), requests, limits)),
                        new IntegrationApi(store, requests, limits, receivers),
                        new RestRoutes(
                                api,
                                store.bots(),
                                requests,
                                new RestApi(store, limits),
                                new RestFiles(api, store.files(), limits)),
                        new IncomingWebhooks(api, store, requests, limits),
                        health,
                        page);
        http = new HttpListener(loops, tuning.request(), tls(config));
        try {
            http.listen(config.host(), config.port(), events.io(), routes.handler());
        } catch (BindException e) {
            events.io().close();
            push.close();
            webhooks.close();
            store.close();
            hasher.close();
            loops.dispose();
            throw e;
        }
        origins.bound(http.port(), config.tls() != null);
        housekeeping = new Housekeeping(store, events, presence, probe, webhooks);
        housekeeping.start();
    }

    /// Starts a chat with the time of the system.
    ///
    /// @throws StoreUnavailableException when the data directory cannot be used
    /// @throws BindException when the server cannot listen on the address and port
    public static ChatServer start(ChatConfig config)
            throws StoreUnavailableException, BindException {
        return start(config, InstantSource.system(), new MonotonicClock(), Tuning.DEFAULT);
    }

    /// @param notice the time between the announcement of a closing and the closing
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
    /// @param monotonic a clock that only runs forward, for limits and waiting times
    static ChatServer start(
            ChatConfig config, InstantSource clock, InstantSource monotonic, Tuning tuning)
            throws StoreUnavailableException, BindException {
        return new ChatServer(config, clock, monotonic, tuning);
    }

    /// The address at which operators of push services reach the administrator: the public address
    /// of the chat, if it has one.
    private static String contact(ChatConfig config) {
        return config.origins().stream()
                .filter(origin -> origin.startsWith("https://"))
                .findFirst()
                .orElse("mailto:natter@localhost");
    }

    private static Consumer<ChannelPipeline> tls(ChatConfig config) {
        Tls tls = config.tls();
        return tls == null ? _ -> {} : tls.installer();
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    /// How many connections were closed because a request did not arrive in time.
    public long requestTimeouts() {
        return http.requestTimeouts();
    }

    /// For tests: how many connections are open.
    int connections() {
        return http.connections();
    }

    /// For tests: how many people have a socket.
    int connectedPeople() {
        return presence.connected().size();
    }

    /// For tests: the operations of the API that programs may use.
    Set<String> operations() {
        return routes.operations();
    }

    /// For tests: an event loop that serves connections, but accepts none.
    EventExecutor servingLoop() {
        return http.servingLoop();
    }

    /// The secret that makes the first owner, to be printed on the console. Empty if there is an
    /// owner.
    public Optional<String> setupSecret() {
        return store.place().place().owned() ? Optional.empty() : Optional.of(setup.secret());
    }

    /// Whether the page is in this build.
    public boolean hasPage() {
        return page.built();
    }

    /// Stops the server. It notifies the clients, waits for requests in progress, stores waiting
    /// messages and closes. If a step fails, the others are done all the same. Only the first call
    /// has an effect. Blocks until done, some seconds at most.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        health.close();
        Housekeeping.attempt("Telling the clients", () -> events.announceClosing(notice));
        LockSupport.parkNanos(notice.toNanos());
        housekeeping.close();
        Housekeeping.attempt("Ending push messages", push::close);
        Housekeeping.attempt("Ending webhooks", webhooks::close);
        Housekeeping.attempt("Closing the store", store::close);
        Housekeeping.attempt("Ending the hashing", hasher::close);
        Housekeeping.attempt("Closing Socket.IO", events.io()::close);
        Housekeeping.attempt("Closing the connections", http::closeConnections);
        Housekeeping.attempt("Closing the server", http::dispose);
        Housekeeping.attempt("Ending the event loops", http::endLoops);
    }
}
