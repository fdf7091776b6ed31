package io.natter.chat.web;

import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.MonotonicClock;
import io.natter.chat.access.Origins;
import io.natter.chat.access.RecentSignIns;
import io.natter.chat.domain.person.Person;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.events.Presence;
import io.natter.chat.metrics.ChatMetrics;
import io.natter.chat.passkey.RelyingParty;
import io.natter.chat.push.PushDispatcher;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.watch.ClockWatch;
import io.natter.chat.watch.Operations;
import io.natter.chat.web.file.FileApi;
import io.natter.chat.web.file.FileRoutes;
import io.natter.chat.web.file.PictureApi;
import io.natter.chat.web.http.ApiRequests;
import io.natter.chat.web.http.HttpApi;
import io.natter.chat.web.http.HttpListener;
import io.natter.chat.web.integration.IncomingWebhooks;
import io.natter.chat.web.integration.IntegrationApi;
import io.natter.chat.web.integration.RestApi;
import io.natter.chat.web.integration.RestFiles;
import io.natter.chat.web.integration.RestRoutes;
import io.natter.chat.web.signin.SignIn;
import io.natter.chat.webhooks.WebhookAddresses;
import io.natter.chat.webhooks.WebhookDispatcher;
import io.natter.chat.webhooks.WebhookEvents;
import io.natter.chat.wire.WireAdmin;
import io.natter.host.Endpoint;
import io.natter.netty.Tls;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    private final SignIn signIn;
    private final Presence presence;
    private final PushDispatcher push;
    private final Optional<ChatMetrics> metrics;
    private final ServerStatus status;
    private final WebhookDispatcher webhooks;
    private final Routes routes;
    private final Duration notice;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ChatServer(
            ChatConfig config, InstantSource clock, InstantSource monotonic, Tuning tuning)
            throws StoreUnavailableException, BindException {
        Origins origins =
                new Origins(config.host(), config.origins(), config.operating().basePath());
        store = SqliteStore.open(config.data(), clock);
        Limits limits = new Limits(monotonic);
        Operations operations = new Operations(config.operating().slow(), System::nanoTime);
        ClientAddresses addresses = new ClientAddresses(config.trustedProxies());
        presence = new Presence(monotonic);
        status = new ServerStatus(store, presence, config.operating(), clock);
        events =
                new ChatEvents(
                        store,
                        presence,
                        limits,
                        origins,
                        addresses,
                        clock,
                        tuning.eventsPerSecond(),
                        operations,
                        this::status);
        push =
                new PushDispatcher(
                        store.push(),
                        presence::isConnected,
                        contact(config),
                        tuning.pushServices(),
                        clock);
        store.onCommitted(push::committed);
        WebhookAddresses receivers = new WebhookAddresses(config.webhookNetworks());
        store.formatEvents(WebhookEvents::of);
        webhooks = new WebhookDispatcher(store.webhooks(), receivers, clock);
        store.onCommitted(webhooks::committed);
        notice = tuning.notice();
        page = new PageServer(config.operating().basePath());
        LoopResources loops = LoopResources.create("natter-http");
        EventLoopProbe probe = new EventLoopProbe(loops.onServer(true), monotonic);
        RecentSignIns recent = new RecentSignIns(monotonic);
        ApiRequests requests =
                new ApiRequests(origins, limits, addresses, store.sessions(), recent);
        HttpApi api = new HttpApi(tuning.request(), operations);
        metrics =
                config.operating()
                        .metricsToken()
                        .map(_ -> new ChatMetrics(events.io(), store, presence, push, operations));
        health = new HealthPages(api, store, probe);
        signIn =
                new SignIn(
                        api,
                        store,
                        requests,
                        recent,
                        events::endSession,
                        config.openId(),
                        new RelyingParty(config.origins()),
                        clock,
                        monotonic);
        routes =
                new Routes(
                        api,
                        signIn,
                        new PushApi(store.push(), requests, push),
                        new FileRoutes(api, new FileApi(store.files(), requests, limits)),
                        new PictureApi(api, store.pictures(), requests, limits),
                        new IntegrationApi(store, requests, limits, receivers),
                        new RestRoutes(
                                api,
                                store.bots(),
                                requests,
                                new RestApi(store, limits),
                                new RestFiles(api, store.files(), limits)),
                        new IncomingWebhooks(api, store, requests, limits),
                        health,
                        metrics.map(each -> metricsPage(api, each, config)).orElse(null),
                        page);
        http =
                new HttpListener(
                        loops, tuning.request(), tls(config), config.operating().basePath());
        try {
            http.listen(config.host(), config.port(), endpoints(config, origins), routes.handler());
        } catch (BindException e) {
            events.io().close();
            push.close();
            webhooks.close();
            store.close();
            signIn.close();
            loops.dispose();
            throw e;
        }
        origins.bound(http.port(), config.tls() != null);
        housekeeping =
                new Housekeeping(
                        store,
                        events,
                        presence,
                        probe,
                        webhooks,
                        new ClockWatch(clock, monotonic),
                        new NightlyJob(clock, ZoneId.systemDefault()));
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

    /// Values that tests change.
    ///
    /// @param notice the time between the announcement of a closing and the closing
    /// @param request how long a request may take to arrive
    /// @param eventsPerSecond events of one socket in a second, above which it is closed
    /// @param pushServices origins of push services besides those of the known browsers
    public record Tuning(
            Duration notice, Duration request, int eventsPerSecond, List<URI> pushServices) {
        static final Tuning DEFAULT =
                new Tuning(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        ChatEvents.EVENTS_PER_SECOND,
                        List.of());
    }

    /// Starts a chat on other clocks and limits.
    ///
    /// @param clock the time of day
    /// @param monotonic a clock that only runs forward, for limits and waiting times
    public static ChatServer start(
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

    private WireAdmin.Status status(Person owner) {
        return status.of(owner, () -> events.io().of("/").sockets().size());
    }

    /// The parts of the server that take their requests before Reactor Netty.
    private List<Endpoint> endpoints(ChatConfig config, Origins origins) {
        Optional<Endpoint> adminUi =
                config.operating()
                        .adminUiPassword()
                        .map(hash -> new OwnersAdminUi(events.io(), store, origins, hash));
        return Stream.concat(Stream.of(events.io()), adminUi.stream()).toList();
    }

    private static MetricsPage metricsPage(HttpApi api, ChatMetrics metrics, ChatConfig config) {
        return new MetricsPage(api, metrics, config.operating().metricsToken().orElseThrow());
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
    public int connections() {
        return http.connections();
    }

    /// For tests: how many people have a socket.
    int connectedPeople() {
        return presence.connected();
    }

    /// For tests: sends the messages and reminders of this moment, and waits until that is done.
    public void runDue() {
        store.personal().runDue().join(); // perhaps the work of a moment before
        store.personal().runDue().join();
    }

    /// For tests: removes the files that no message has.
    public void sweepFiles() {
        store.files().sweep();
    }

    /// For tests: the operations of the API that programs may use.
    public Set<String> operations() {
        return routes.operations();
    }

    /// For tests: an event loop that serves connections, but accepts none.
    EventExecutor servingLoop() {
        return http.servingLoop();
    }

    /// The secret that makes the first owner, to be printed on the console. Empty if there is an
    /// owner.
    public Optional<String> setupSecret() {
        return store.place().place().owned() ? Optional.empty() : Optional.of(signIn.setupSecret());
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
        Housekeeping.attempt("Ending the sign-ins", signIn::close);
        Housekeeping.attempt("Ending the meters", () -> metrics.ifPresent(ChatMetrics::close));
        Housekeeping.attempt("Closing Socket.IO", events.io()::close);
        Housekeeping.attempt("Closing the connections", http::closeConnections);
        Housekeeping.attempt("Closing the server", http::dispose);
        Housekeeping.attempt("Ending the event loops", http::endLoops);
    }
}
