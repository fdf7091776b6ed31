package io.natter.socketio;

import io.natter.engine.ClientBundle;
import io.natter.engine.Endpoint;
import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import io.natter.engine.HttpExchange;
import io.natter.engine.HttpRequest;
import io.natter.engine.Strand;
import io.natter.engine.UpgradeExchange;
import io.natter.protocol.Parser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Socket.IO server. It needs a host that carries it, for instance `NettyHost.listen(io, 3000)`.
/// What can be said to a namespace can be said to the server and means its main namespace, `/`. Any
/// thread.
public final class SocketIoServer implements Endpoint, Broadcasting {
    private final SocketIoOptions options;
    private final SocketIoMetrics metrics = new SocketIoMetrics();
    private final EngineServer engine;
    private final @Nullable ClientBundle bundle;
    private final ConcurrentMap<Strand, StrandSlot> slots = new ConcurrentHashMap<>();
    private final Runners runners;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Reports reports = new Reports(metrics);
    private final Namespaces namespaces;
    private final Namespace main;
    private volatile @Nullable Drain drain;

    private SocketIoServer(SocketIoOptions options) {
        this.options = options;
        this.runners = new Runners(options.executor());
        this.engine = new EngineServer(options.engine(), this::open);
        this.bundle =
                options.serveClient()
                        ? new ClientBundle(options.engine().path(), engine, options.engine().cors())
                        : null;
        this.namespaces = new Namespaces(this);
        this.main = namespaces.of("/");
    }

    /// A server with every option at its default.
    public static SocketIoServer create() {
        return create(SocketIoOptions.builder().build());
    }

    /// A server with these options.
    public static SocketIoServer create(SocketIoOptions options) {
        return new SocketIoServer(options);
    }

    /// How it behaves.
    public SocketIoOptions options() {
        return options;
    }

    /// What it has counted.
    public SocketIoMetrics metrics() {
        return metrics;
    }

    /// The connections beneath.
    public EngineServer engine() {
        return engine;
    }

    // ---- namespaces

    /// The namespace of that name, made if there is none; a leading `/` may be left out.
    public Namespace of(String name) {
        return namespaces.of(name);
    }

    /// The namespaces whose names match, as clients ask for them. The pattern is searched for, as
    /// in JavaScript: anchor it with `^` and `$`.
    public ParentNamespace of(Pattern pattern) {
        return namespaces.addParent((name, _) -> pattern.matcher(name).find(), pattern);
    }

    /// The namespaces that `predicate` allows, as clients ask for them.
    public ParentNamespace of(NamespacePredicate predicate) {
        return namespaces.addParent(predicate, null);
    }

    /// Calls `listener` with every namespace that comes to be. (Node.js: `new_namespace`.)
    public SocketIoServer onNewNamespace(Consumer<Namespace> listener) {
        namespaces.onNew(listener);
        return this;
    }

    // ---- the main namespace

    @Override
    public Broadcast all() {
        return main.all();
    }

    /// [Namespace#onConnection] of the main namespace.
    public SocketIoServer onConnection(Listener.Value<Socket> listener) {
        main.onConnection(listener);
        return this;
    }

    /// [Namespace#use] of the main namespace.
    public SocketIoServer use(Middleware middleware) {
        main.use(middleware);
        return this;
    }

    /// [Namespace#sockets] of the main namespace.
    public java.util.Collection<Socket> sockets() {
        return main.sockets();
    }

    /// [Namespace#onServerSide] of the main namespace.
    public SocketIoServer onServerSide(String event, Listener.Any handler) {
        main.onServerSide(event, handler);
        return this;
    }

    /// [Namespace#serverSideEmit] of the main namespace.
    public void serverSideEmit(String event, @Nullable Object... args) {
        main.serverSideEmit(event, args);
    }

    /// [Namespace#serverSideEmitWithAck] of the main namespace.
    public CompletableFuture<List<Args>> serverSideEmitWithAck(
            String event, @Nullable Object... args) {
        return main.serverSideEmitWithAck(event, args);
    }

    // ---- hooks

    /// Calls `hook` whenever application code throws or a payload does not fit it; each is logged
    /// and counted besides. Called where the code ran.
    public SocketIoServer onError(Consumer<HandlerError> hook) {
        reports.onError(hook);
        return this;
    }

    /// Calls `hook` whenever a client runs into a bound; each is logged and counted besides. Called
    /// on a strand: it must not block. See also [EngineServer#onLimit].
    public SocketIoServer onLimit(Consumer<LimitReached> hook) {
        reports.onLimit(hook);
        return this;
    }

    // ---- the host's side

    @Override
    public boolean matches(String path) {
        return bundle != null ? bundle.matches(path) : engine.matches(path);
    }

    @Override
    public String served() {
        return "Socket.IO at " + options.engine().prefix();
    }

    @Override
    public void http(HttpExchange exchange) {
        Drain under = drain;
        if (bundle != null && bundle.isClient(exchange.request().path())) {
            bundle.http(exchange);
        } else if (under != null && isHandshake(exchange.request())) {
            exchange.respond(under.refusal());
        } else {
            engine.http(exchange);
        }
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        Drain under = drain;
        if (under != null && isHandshake(exchange.request())) {
            exchange.refuse(under.refusal());
        } else {
            engine.upgrade(exchange);
        }
    }

    private static boolean isHandshake(HttpRequest request) {
        return !Handshake.parseQuery(request.rawQuery()).containsKey("sid");
    }

    private Client open(EngineSession session) {
        var client = new Client(this, session);
        clients.add(client);
        client.opened();
        return client;
    }

    // ---- the end

    /// Takes the server out of service gently: refuses new connections with 503, tells every socket
    /// by the event [SocketIoOptions#drainEvent] with `{"in": milliseconds}`, closes the
    /// connections one after the other over `window`, each after all that was sent to it has left,
    /// and then [closes][#close]. Clients reconnect by themselves, so spread over the window as
    /// they were. Blocks until all is done, a few seconds longer than `window` at the most.
    ///
    /// @throws IllegalStateException on a strand, which must not wait
    public void drain(Duration window) {
        refuseOnStrand("drain");
        beginDrain(window).await();
        close();
    }

    /// [#drain] without the waiting.
    Drain beginDrain(Duration window) {
        var begun = new Drain(window);
        drain = begun;
        begun.begin(clients);
        return begun;
    }

    /// Closes every connection with `server shutting down`, throwing away what waits to be sent,
    /// and refuses new ones. Blocks until all are closed.
    @Override
    public void close() {
        engine.close();
        namespaces.closeAdapters();
    }

    // ---- inside

    Parser parser() {
        return options.parser();
    }

    JsonMapping mapping() {
        return options.mapping();
    }

    Executor executor() {
        return options.executor();
    }

    StrandSlot slot(Strand strand) {
        StrandSlot slot = slots.get(strand);
        if (slot == null) {
            synchronized (slots) {
                slot =
                        slots.computeIfAbsent(
                                strand,
                                s ->
                                        new StrandSlot(
                                                s,
                                                slots.size(),
                                                options.connectTimeout(),
                                                runners,
                                                metrics));
            }
        }
        return slot;
    }

    String socketId(Client client, Namespace nsp) {
        if (client.session.protocol() != 3) {
            return SocketIds.next();
        }
        return nsp == main ? client.session.id() : nsp.name() + "#" + client.session.id();
    }

    void gone(Client client) {
        clients.remove(client);
        Drain under = drain;
        if (under != null) {
            under.check(clients);
        }
    }

    /// Refuses to wait where a whole strand would wait with it.
    ///
    /// @throws IllegalStateException if the caller is on a strand
    void refuseOnStrand(String method) {
        for (StrandSlot slot : slots.values()) {
            if (slot.strand.isCurrent()) {
                throw new IllegalStateException(
                        method
                                + " waits, and this is a strand, which every connection on it would"
                                + " wait for: call it from a virtual thread, as handlers with"
                                + " Dispatch.VIRTUAL run, or use the form that returns a future");
            }
        }
    }

    /// Runs `task` after `delay`.
    ///
    /// @return to be run when it is no longer wanted
    Runnable schedule(Runnable task, Duration delay) {
        for (StrandSlot slot : slots.values()) {
            return slot.strand.schedule(task, delay.toNanos());
        }
        var timer = CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS);
        var run = CompletableFuture.runAsync(task, timer);
        return () -> run.cancel(false);
    }

    void failed(HandlerError error) {
        reports.failed(error);
    }

    void hit(LimitReached.Limit limit, String sid, String detail) {
        reports.hit(new LimitReached(limit, sid, detail));
    }

    Namespaces namespaces() {
        return namespaces;
    }
}
