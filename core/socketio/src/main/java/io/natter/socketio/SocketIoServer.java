package io.natter.socketio;

import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.UpgradeExchange;
import io.natter.host.dispatch.HandlerThreads;
import io.natter.protocol.Parser;
import io.natter.protocol.Payload;
import io.natter.socketio.bundle.ClientBundle;
import io.natter.socketio.connection.Drain;
import io.natter.socketio.connection.OpenConnections;
import io.natter.socketio.event.ListenerLists;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.rooms.AnswerGatherer;
import io.natter.socketio.rooms.SocketIds;
import io.natter.socketio.rooms.StrandContexts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Socket.IO server. It needs a host that carries it, for instance `NettyHost.listen(io, 3000)`.
/// A call on the server that a namespace has as well means its main namespace, `/`. Any thread.
public final class SocketIoServer implements Endpoint, BroadcastTarget {
    private final SocketIoOptions options;
    private final SocketIoMetrics metrics = new SocketIoMetrics();
    private final EngineServer engine;
    private final @Nullable ClientBundle bundle;
    private final StrandContexts strands;
    private final ErrorReporter reports = new ErrorReporter(metrics);
    private final OpenConnections connections = new OpenConnections();
    private final Namespaces namespaces;
    private final Namespace main;
    private volatile List<HandlerInterceptor> interceptors = List.of();
    private final List<Runnable> closeHooks = new CopyOnWriteArrayList<>();

    private SocketIoServer(SocketIoOptions options) {
        this.options = options;
        this.strands =
                new StrandContexts(
                        options.connectTimeout(),
                        new HandlerThreads(options.executor(), reports::refusedWork),
                        metrics.eventsIn);
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

    /// The options of this server.
    public SocketIoOptions options() {
        return options;
    }

    /// The counters of this server.
    public SocketIoMetrics metrics() {
        return metrics;
    }

    /// The Engine.IO server, which has the connections.
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

    /// Calls `listener` with every new namespace. (Node.js: `new_namespace`.)
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
    public Collection<Socket> sockets() {
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
            interceptors = ListenerLists.with(interceptors, interceptor);
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
    /// reach other servers. For extensions that tell other servers or stop timers. It must not
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
    public boolean matchesWebTransport(String path) {
        return engine.matchesWebTransport(path);
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        engine.upgrade(exchange);
    }

    private Client open(EngineSession session) {
        var client = new Client(this, session);
        connections.add(client);
        client.opened();
        return client;
    }

    // ---- the end

    /// Takes the server out of service. It refuses new connections with 503, and tells every socket
    /// by the event [SocketIoOptions#drainEvent] with `{"in": milliseconds}`. Over `window` it
    /// closes the connections one after the other, each after its sent messages have left. Then it
    /// [closes][#close]. So the reconnections of the clients are spread over the window. Blocks
    /// until all is done, also the handlers of `disconnect`; at most a few seconds longer than
    /// `window`.
    ///
    /// @throws IllegalStateException on a strand, which must not wait
    @Override
    public void drain(Duration window) {
        strands.refuseToWait("drain");
        beginDrain(window).await();
        close();
    }

    /// Starts what [#drain] waits for.
    Drain beginDrain(Duration window) {
        return connections.drain(window, engine::refuseNew);
    }

    /// Closes every connection with `server shutting down`, and refuses new ones. Messages that
    /// wait to be sent are lost. Blocks until all connections are closed.
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

    <T> AnswerGatherer<T> gatherer(int parties, Function<Args, T> read) {
        Function<Payload, Args> args = answer -> new Args(mapping(), answer, 0);
        return new AnswerGatherer<>(
                strands,
                this::execute,
                parties,
                args.andThen(read),
                partial -> new BroadcastTimeoutException(partial.stream().map(args).toList()));
    }

    StrandContexts strands() {
        return strands;
    }

    OpenConnections connections() {
        return connections;
    }

    String socketId(Client client, Namespace nsp) {
        if (client.session.protocol() != 3) {
            return SocketIds.next();
        }
        return nsp == main ? client.session.id() : nsp.name() + "#" + client.session.id();
    }

    /// A handler without a socket has failed.
    void handlerFailed(String event, Throwable failure) {
        failed(new HandlerError(HandlerError.Kind.HANDLER, null, event, failure), null);
    }

    void failed(HandlerError error, @Nullable String sid) {
        reports.failed(error, sid);
    }

    Namespaces registry() {
        return namespaces;
    }
}
