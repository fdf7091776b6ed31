package io.natter.admin;

import io.natter.host.Endpoint;
import io.natter.host.RateLimitedLog;
import io.natter.host.dispatch.Dispatch;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The server side of the official Socket.IO Admin UI (npm `@socket.io/admin-ui` 0.5), and its
/// page.
///
/// ```java
/// AdminUi admin = AdminUi.builder().basicAuth("admin", "$2b$10$…").instrument(io);
/// NettyHost.builder().endpoint(io).endpoint(admin.page()).port(3000).listen();
/// ```
///
/// The page is then at `http://localhost:3000/admin-ui/`. While no admin looks, it costs a check
/// every two seconds; in a cluster also a message with the numbers of this server. Any thread.
public final class AdminUi implements AutoCloseable {
    private static final RateLimitedLog LOG = new RateLimitedLog(AdminUi.class);
    private static final String WATCH = "natter:admin";
    private static final long TICK_SECONDS = 2;
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(3 * TICK_SECONDS);

    /// Servers on Node.js do not tell that an admin looks, so their admins are fetched so often.
    private static final int TICKS_BETWEEN_FETCHES = 5;

    private static final int TICKS_BETWEEN_RESYNCS = 5;

    private final SocketIoServer io;
    private final AdminUiBuilder options;
    private final Namespace admins;
    private final boolean clustered;
    private final ServerStats stats; // the timers' thread
    private final AdminCommands commands;
    private final AdminFeed feed;
    private final @Nullable DevelopmentView view;
    private final SignIn signIn;
    private final ScheduledThreadPoolExecutor timers;
    private final Runnable closing = this::close;
    private long ticks; // the timers' thread

    /// Until when an admin of another server looks, by `System.nanoTime`.
    private volatile long watchedUntil = System.nanoTime();

    AdminUi(SocketIoServer io, AdminUiBuilder options) {
        this.io = io;
        this.options = options;
        admins = io.of(options.namespaceName);
        clustered = !(admins.adapter() instanceof LocalAdapter);
        timers = timers();
        stats = new ServerStats(io, options.serverId, options.hostname);
        commands = new AdminCommands(io);
        feed = new AdminFeed(admins, timers, options.maxEventsPerSecond, System::nanoTime);
        view =
                options.mode == AdminMode.PRODUCTION
                        ? null
                        : new DevelopmentView(
                                io,
                                admins,
                                feed,
                                new SocketDescription(new Redaction(options.redacted)),
                                clustered,
                                options.maxSockets);
        signIn = options.signIn(io.options().clock());
    }

    private static ScheduledThreadPoolExecutor timers() {
        var timers =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            var thread = new Thread(task, "natter-admin");
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());
        timers.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return timers;
    }

    /// A builder with every option at its default but the sign-in, which has none.
    public static AdminUiBuilder builder() {
        return new AdminUiBuilder();
    }

    void start() {
        admins.dispatch(Dispatch.VIRTUAL); // the handlers wait for other servers
        admins.use(signIn);
        admins.onConnection(this::admitted);
        var development = view;
        if (development != null) {
            development.start();
            admins.onServerSide(WATCH, (args, ack) -> lookedAtElsewhere(development));
        }
        io.onClose(closing);
        var ignored =
                timers.scheduleWithFixedDelay(
                        this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        timers.execute(this::tick);
    }

    /// The page, at the path that [AdminUiBuilder#pagePath] says: an endpoint for any host. It
    /// needs nothing from elsewhere.
    public Endpoint page() {
        return new AdminPage(options.pagePath, options.namespaceName, io.options().engine().path());
    }

    /// Attempts to sign in that failed, those included that were too many.
    public long failedSignIns() {
        return signIn.failures();
    }

    /// Events of clients that were not shown, because there were more than
    /// [AdminUiBuilder#maxEventsPerSecond].
    public long eventsNotShown() {
        return feed.dropped();
    }

    // ---- an admin

    private void admitted(Socket admin) {
        if (!options.readOnly) {
            commands.accept(admin);
        }
        String session = SignIn.newSession(admin);
        if (session != null) {
            admin.emit("session", session);
        }
        admin.emit("config", Map.of("supportedFeatures", features()));
        var development = view;
        if (development != null) {
            development.watch(true);
            announce();
            admin.emit("all_sockets", development.all());
        }
        timers.execute(this::sendStats);
    }

    private List<String> features() {
        var features = new ArrayList<String>();
        if (!options.readOnly) {
            features.addAll(
                    List.of(
                            "EMIT",
                            "JOIN",
                            "LEAVE",
                            "DISCONNECT",
                            "MJOIN",
                            "MLEAVE",
                            "MDISCONNECT"));
        }
        features.add("AGGREGATED_EVENTS");
        if (view != null) {
            features.add("ALL_EVENTS");
        }
        return features;
    }

    /// Tells the other servers that an admin looks.
    private void announce() {
        if (clustered) {
            admins.serverSideEmit(WATCH);
        }
    }

    private void lookedAtElsewhere(DevelopmentView development) {
        watchedUntil = System.nanoTime() + WATCH_NANOS;
        development.watch(true);
    }

    // ---- every two seconds

    private void tick() {
        try {
            boolean here = !admins.sockets().isEmpty();
            if (view != null) {
                look(view, here);
            }
            if (here || clustered) {
                sendStats();
            } else {
                stats.skip();
            }
            ticks++;
        } catch (RuntimeException e) {
            LOG.failure("tick", "the Admin UI could not send its numbers", e);
        }
    }

    private void look(DevelopmentView development, boolean here) {
        if (here) {
            announce();
        } else if (clustered && ticks % TICKS_BETWEEN_FETCHES == 0) {
            fetchAdmins(development);
        }
        boolean watching = here || System.nanoTime() - watchedUntil < 0;
        development.watch(watching);
        if (watching) {
            development.tick();
            if (ticks % TICKS_BETWEEN_RESYNCS == 0 && feed.wasIncomplete()) {
                Thread.startVirtualThread(() -> admins.emit("all_sockets", development.all()));
            }
        }
    }

    private void fetchAdmins(DevelopmentView development) {
        var ignored =
                admins.adapter()
                        .fetchSockets(BroadcastOptions.ALL)
                        .thenAccept(
                                found -> {
                                    if (!found.isEmpty()) {
                                        watchedUntil =
                                                System.nanoTime()
                                                        + WATCH_NANOS * TICKS_BETWEEN_FETCHES;
                                        development.watch(true);
                                    }
                                });
    }

    private void sendStats() {
        admins.emit("server_stats", stats.take());
    }

    /// Stops: no numbers and no events are sent from now on. The server's `close` calls it.
    @Override
    public void close() {
        timers.shutdownNow();
        io.offClose(closing);
        var development = view;
        if (development != null) {
            development.watch(false);
        }
    }

    @Override
    public String toString() {
        return "AdminUi[" + options.namespaceName + "]";
    }
}
