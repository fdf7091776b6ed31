package io.natter.socketio;

import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.dispatch.HandlerThreads;
import io.natter.protocol.Parser;
import io.natter.socketio.bundle.ClientBundle;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.rooms.SocketIds;
import io.natter.socketio.rooms.StrandContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Socket.IO server. It needs a host that carries it, for instance `NettyHost.listen(io, 3000)`.
/// A call on the server that a namespace has as well means its main namespace, `/`. Any thread.
public final class SocketIoServer implements Endpoint, BroadcastTarget {
    private final SocketIoOptions options;
    private final SocketIoMetrics metrics = new SocketIoMetrics();
    private final EngineServer engine;
    private final @Nullable ClientBundle bundle;
    private final ConcurrentMap<Strand, StrandContext> contexts = new ConcurrentHashMap<>();
    private final ErrorReporter reports = new ErrorReporter(metrics);
    private final HandlerThreads handlerThreads;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Namespaces namespaces;
    private final Namespace main;
    private volatile @Nullable Drain drain;
    private volatile List<HandlerInterceptor> interceptors = List.of();
    private final List<Runnable> closeHooks = new CopyOnWriteArrayList<>();

    /// Sockets that have left and whose handlers have not all heard of it.
    private final AtomicInteger leaving = new AtomicInteger();

    private SocketIoServer(SocketIoOptions options) {
        this.options = options;
        this.handlerThreads = new HandlerThreads(options.executor(), reports::refusedWork);
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

    /// The counters of this server.
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

    /// The namespaces whose whole names match, as clients ask for them. (Node.js searches for the
    /// pattern: there `/\\/game-\\d+/` lets `/x/game-1/y` in as well.)
    public ParentNamespace of(Pattern pattern) {
        return namespaces.addParent((name, ignored) -> pattern.matcher(name).matches(), pattern);
    }

    /// The namespaces that `predicate` allows, as clients ask for them.
    public ParentNamespace of(NamespacePredicate predicate) {
        return namespaces.addParent(predicate, null);
    }

    /// The namespaces that there are now, those that clients have made included: a copy.
    public List<Namespace> namespaces() {
        return List.copyOf(namespaces.byName().values());
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

    /// Runs each call of a handler, in all namespaces, inside `interceptor`, inside those there
    /// are. [Namespace#around] is for one namespace.
    public SocketIoServer around(HandlerInterceptor interceptor) {
        synchronized (this) {
            interceptors = Listeners.with(interceptors, interceptor);
        }
        return this;
    }

    /// Calls `hook` whenever application code throws or a payload does not fit it; each is logged
    /// and counted besides. Called where the code ran.
    public SocketIoServer onError(Consumer<HandlerError> hook) {
        reports.onError(hook);
        return this;
    }

    /// Calls `hook` whenever a client exceeds a limit, each of which is also logged and counted.
    /// Called on a strand, and sometimes on a virtual thread: it must not block.
    public SocketIoServer onLimit(Consumer<LimitExceeded> hook) {
        engine.onLimit(hook);
        return this;
    }

    /// Calls `hook` when the server closes, before its connections do and while its adapters still
    /// reach other servers. For extensions that have to say goodbye or to stop timers. It must not
    /// block.
    public SocketIoServer onClose(Runnable hook) {
        closeHooks.add(hook);
        return this;
    }

    /// Removes a hook of [#onClose].
    public SocketIoServer offClose(Runnable hook) {
        closeHooks.remove(hook);
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
        if (bundle != null && bundle.isClient(exchange.request().path())) {
            bundle.http(exchange);
        } else {
            engine.http(exchange);
        }
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        engine.upgrade(exchange);
    }

    private Client open(EngineSession session) {
        var client = new Client(this, session);
        clients.add(client);
        Drain under = drain;
        if (under != null) {
            client.drain(under.window()); // it was let in a moment before that began
        }
        client.opened();
        return client;
    }

    // ---- the end

    /// Takes the server out of service gently: refuses new connections with 503, tells every socket
    /// by the event [SocketIoOptions#drainEvent] with `{"in": milliseconds}`, closes the
    /// connections one after the other over `window`, each after all that was sent to it has left,
    /// and then [closes][#close]. Clients reconnect by themselves, so spread over the window as
    /// they were. Blocks until all is done, the handlers of `disconnect` included, a few seconds
    /// longer than `window` at the most.
    ///
    /// @throws IllegalStateException on a strand, which must not wait
    @Override
    public void drain(Duration window) {
        refuseOnStrand("drain");
        beginDrain(window).await();
        close();
    }

    /// [#drain] without the waiting.
    Drain beginDrain(Duration window) {
        var begun = new Drain(window);
        drain = begun;
        engine.refuseNew(begun.refusal());
        begun.begin(clients);
        begun.check(isEmpty());
        return begun;
    }

    /// Closes every connection with `server shutting down`, throwing away what waits to be sent,
    /// and refuses new ones. Blocks until all are closed.
    @Override
    public void close() {
        for (Runnable hook : closeHooks) {
            try {
                hook.run();
            } catch (Throwable failure) {
                failed(new HandlerError(HandlerError.Kind.HANDLER, null, "close", failure), null);
            }
        }
        engine.close();
        namespaces.closeAdapters();
    }

    // ---- inside

    List<HandlerInterceptor> interceptors() {
        return interceptors;
    }

    Parser parser() {
        return options.parser();
    }

    JsonMapping mapping() {
        return options.mapping();
    }

    Executor executor() {
        return options.executor();
    }

    /// Runs what completes a future or handles an event of another server: on a thread of its own
    /// where the executor takes no more.
    void execute(Runnable task) {
        try {
            options.executor().execute(task);
        } catch (RejectedExecutionException e) {
            reports.refusedWork(e, 1);
            Thread.startVirtualThread(task);
        }
    }

    StrandContext context(Strand strand) {
        StrandContext context = contexts.get(strand);
        if (context == null) {
            synchronized (contexts) {
                context =
                        contexts.computeIfAbsent(
                                strand,
                                s ->
                                        new StrandContext(
                                                s,
                                                contexts.size(),
                                                options.connectTimeout(),
                                                handlerThreads,
                                                metrics.eventsIn.cell()));
            }
        }
        return context;
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
            under.check(isEmpty());
        }
    }

    /// A socket leaves (1), or its handlers have heard of it (-1).
    void leaving(int change) {
        Drain under = drain;
        if (leaving.addAndGet(change) == 0 && under != null) {
            under.check(isEmpty());
        }
    }

    /// Whether no connection is left, nor a handler that has to hear of its end.
    private boolean isEmpty() {
        return clients.isEmpty() && leaving.get() == 0;
    }

    /// Refuses to wait where a whole strand would wait with it.
    ///
    /// @throws IllegalStateException if the caller is on a strand
    void refuseOnStrand(String method) {
        if (isOnStrand()) {
            throw new IllegalStateException(
                    method
                            + " waits, and this is a strand, which every connection on it would"
                            + " wait for: call it from a virtual thread, as handlers with"
                            + " Dispatch.VIRTUAL run, or use what the future offers to go on"
                            + " without waiting, thenAccept and its kind");
        }
    }

    boolean isOnStrand() {
        for (StrandContext context : contexts.values()) {
            if (context.strand.isCurrent()) {
                return true;
            }
        }
        return false;
    }

    /// Runs `task` after `delay`.
    ///
    /// @return to be run when it is no longer wanted
    Runnable schedule(Runnable task, Duration delay) {
        for (StrandContext context : contexts.values()) {
            return context.strand.schedule(task, delay.toNanos());
        }
        var timer = CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS);
        var run = CompletableFuture.runAsync(task, timer);
        return () -> run.cancel(false);
    }

    void failed(HandlerError error, @Nullable String sid) {
        reports.failed(error, sid);
    }

    Namespaces registry() {
        return namespaces;
    }
}
