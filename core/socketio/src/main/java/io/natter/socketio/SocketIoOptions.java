package io.natter.socketio;

import io.natter.engine.EngineOptions;
import io.natter.engine.EngineOptionsBuilder;
import io.natter.host.dispatch.Dispatch;
import io.natter.host.dispatch.Mailbox;
import io.natter.protocol.Parser;
import io.natter.protocol.Parsers;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.event.EventNames;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The options of a [SocketIoServer] and its connections. Immutable; made by [#builder], whose
/// methods explain each option.
public final class SocketIoOptions {
    private final EngineOptions engine;
    private final boolean serveClient;
    private final Duration connectTimeout;
    private final Parser parser;
    private final Parser.Limits limits;
    private final Adapter.@Nullable Factory adapter;
    private final @Nullable ConnectionStateRecovery connectionStateRecovery;
    private final boolean cleanupEmptyChildNamespaces;
    private final int maxDynamicNamespaces;
    private final int maxNamespacesPerConnection;
    private final int maxConnectsInFlight;
    private final JsonMapping mapping;
    private final Dispatch dispatch;
    private final Executor executor;
    private final InstantSource clock;
    private final Function<Throwable, @Nullable Object> errorAnswer;
    private final int maxPendingAcks;
    private final int maxWaitingEvents;
    private final long maxWaitingEventBytes;
    private final int maxEventsPerSecond;
    private final @Nullable String drainEvent;

    /// Checks every value.
    ///
    /// @throws IllegalArgumentException names the invalid option
    private SocketIoOptions(Builder from, EngineOptions engine) {
        notNull("connectTimeout", from.connectTimeout);
        notNull("parser", from.parser);
        notNull("limits", from.limits);
        notNull("dispatch", from.dispatch);
        notNull("executor", from.executor);
        notNull("clock", from.clock);
        notNull("errorAnswer", from.errorAnswer);
        require(from.connectTimeout.isPositive(), "connectTimeout must be positive");
        require(from.maxDynamicNamespaces > 0, "maxDynamicNamespaces must be positive");
        require(from.maxNamespacesPerConnection > 0, "maxNamespacesPerConnection must be positive");
        require(from.maxConnectsInFlight > 0, "maxConnectsInFlight must be positive");
        require(from.maxPendingAcks > 0, "maxPendingAcks must be positive");
        require(
                from.maxWaitingEvents > 0 && from.maxWaitingEvents <= Mailbox.MAX_COUNT,
                "maxWaitingEvents must be positive and no more than " + Mailbox.MAX_COUNT);
        require(from.maxWaitingEventBytes >= 0, "maxWaitingEventBytes must not be negative");
        require(from.maxEventsPerSecond >= 0, "maxEventsPerSecond must not be negative");
        if (from.drainEvent != null) {
            EventNames.checkSent(from.drainEvent);
        }
        this.engine = engine;
        serveClient = from.serveClient;
        connectTimeout = from.connectTimeout;
        parser = from.parser;
        limits = from.limits;
        adapter = from.adapter;
        connectionStateRecovery = from.connectionStateRecovery;
        cleanupEmptyChildNamespaces = from.cleanupEmptyChildNamespaces;
        maxDynamicNamespaces = from.maxDynamicNamespaces;
        maxNamespacesPerConnection = from.maxNamespacesPerConnection;
        maxConnectsInFlight = from.maxConnectsInFlight;
        mapping = from.mapping == null ? new JacksonMapping() : from.mapping;
        dispatch = from.dispatch;
        executor = from.executor;
        clock = from.clock;
        errorAnswer = from.errorAnswer;
        maxPendingAcks = from.maxPendingAcks;
        maxWaitingEvents = from.maxWaitingEvents;
        maxWaitingEventBytes =
                from.maxWaitingEventBytes == 0
                        ? 4L * engine.maxHttpBufferSize()
                        : from.maxWaitingEventBytes;
        maxEventsPerSecond = from.maxEventsPerSecond;
        drainEvent = from.drainEvent;
    }

    private static void notNull(String name, Object value) {
        Objects.requireNonNull(value, name + " must not be null");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    boolean skipMiddlewares() {
        return connectionStateRecovery != null && connectionStateRecovery.skipMiddlewares();
    }

    static Object defaultErrorAnswer(Throwable failure) {
        return Map.of(
                "error", failure instanceof PayloadException ? "bad payload" : "internal error");
    }

    /// A builder with every option at its default.
    public static Builder builder() {
        return new Builder();
    }

    /// Makes [SocketIoOptions]; each method sets the option of its name. Names and defaults are
    /// those of npm `socket.io`. Limits and the options of the JVM are Natter's own. The options of
    /// the connections, such as [#pingInterval] and [#cors], are those of [EngineOptionsBuilder].
    public static final class Builder extends EngineOptionsBuilder<Builder> {
        private boolean serveClient = true;
        private Duration connectTimeout = Duration.ofSeconds(45);
        private Parser parser = Parsers.json();
        private Parser.Limits limits = Parser.Limits.DEFAULT;
        private Adapter.@Nullable Factory adapter;
        private @Nullable ConnectionStateRecovery connectionStateRecovery;
        private boolean cleanupEmptyChildNamespaces;
        private int maxDynamicNamespaces = 10_000;
        private int maxNamespacesPerConnection = 1000;
        private int maxConnectsInFlight = 100;
        private @Nullable JsonMapping mapping;
        private Dispatch dispatch = Dispatch.VIRTUAL;
        private Executor executor = Thread::startVirtualThread;
        private InstantSource clock = InstantSource.system();
        private Function<Throwable, @Nullable Object> errorAnswer =
                SocketIoOptions::defaultErrorAnswer;
        private int maxPendingAcks = 10_000;
        private int maxWaitingEvents = 10_000;
        private long maxWaitingEventBytes;
        private int maxEventsPerSecond;
        private @Nullable String drainEvent = "server_draining";

        private Builder() {
            path("/socket.io");
        }

        @Override
        protected Builder self() {
            return this;
        }

        /// Whether the browser's client is served below the path; true.
        public Builder serveClient(boolean value) {
            serveClient = value;
            return this;
        }

        /// How long a connection may be open without having joined a namespace; 45 s.
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /// How packets are written; [Parsers#json].
        public Builder parser(Parser value) {
            parser = value;
            return this;
        }

        /// The limits of one packet; [Parser.Limits#DEFAULT].
        public Builder limits(Parser.Limits value) {
            limits = value;
            return this;
        }

        /// Makes the adapter of each namespace; by default one for this server alone.
        public Builder adapter(Adapter.Factory value) {
            adapter = value;
            return this;
        }

        /// Recovery of lost connections; by default none.
        public Builder connectionStateRecovery(ConnectionStateRecovery value) {
            connectionStateRecovery = value;
            return this;
        }

        /// Whether a namespace that a client created is removed with its last client; false. If
        /// false, it is removed when there are `maxDynamicNamespaces`, or when a thousand others
        /// have become empty since.
        public Builder cleanupEmptyChildNamespaces(boolean value) {
            cleanupEmptyChildNamespaces = value;
            return this;
        }

        /// Namespaces that clients may create, by a pattern or predicate. Above this number, the
        /// one is removed that has been empty the longest. If none is empty, further ones are
        /// refused. 10,000.
        public Builder maxDynamicNamespaces(int value) {
            maxDynamicNamespaces = value;
            return this;
        }

        /// Namespaces that one connection may join; further ones are refused. 1,000.
        public Builder maxNamespacesPerConnection(int value) {
            maxNamespacesPerConnection = value;
            return this;
        }

        /// Namespaces that one connection may be joining at a time, while their middlewares run;
        /// further ones are refused. 100.
        public Builder maxConnectsInFlight(int value) {
            maxConnectsInFlight = value;
            return this;
        }

        /// The mapping between payloads and values; [JacksonMapping] with its default mapper.
        public Builder mapping(JsonMapping value) {
            mapping = Objects.requireNonNull(value, "mapping must not be null");
            return this;
        }

        /// Where handlers run; [Dispatch#VIRTUAL].
        public Builder dispatch(Dispatch value) {
            dispatch = value;
            return this;
        }

        /// Runs tasks that may block; a new virtual thread for each task.
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /// The time of day, for handshakes and for recovery; the system's.
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /// The acknowledgement when a handler has failed: a function from the exception to one
        /// argument, or to null to send none. By default `{"error":"internal error"}`, or
        /// `{"error":"bad payload"}` for a payload that does not fit the handler.
        public Builder errorAnswer(Function<Throwable, @Nullable Object> value) {
            errorAnswer = value;
            return this;
        }

        /// Acknowledgements awaited from one socket at a time; 10,000.
        public Builder maxPendingAcks(int value) {
            maxPendingAcks = value;
            return this;
        }

        /// Events of one socket that wait for their handlers. Above this number, the client's
        /// connection is closed. 10,000.
        public Builder maxWaitingEvents(int value) {
            maxWaitingEvents = value;
            return this;
        }

        /// Bytes of one client's events that wait for their handlers. Above this number, the client
        /// is not read until half of them are processed. Less while the memory budget is short. 0,
        /// the default, for four times [#maxHttpBufferSize].
        public Builder maxWaitingEventBytes(long value) {
            maxWaitingEventBytes = value;
            return this;
        }

        /// Events of one socket in a second. Above this number, the client's connection is closed.
        /// 0, the default, for no limit.
        public Builder maxEventsPerSecond(int value) {
            maxEventsPerSecond = value;
            return this;
        }

        /// The event that announces to a client that [SocketIoServer#drain] is going to close its
        /// connection; null for none. `server_draining`.
        public Builder drainEvent(@Nullable String value) {
            drainEvent = value;
            return this;
        }

        /// The options.
        ///
        /// @throws IllegalArgumentException names the invalid option
        public SocketIoOptions build() {
            return new SocketIoOptions(this, engineOptions());
        }
    }

    /// The options of the connections.
    public EngineOptions engine() {
        return engine;
    }

    /// [Builder#serveClient]
    public boolean serveClient() {
        return serveClient;
    }

    /// [Builder#connectTimeout]
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /// [Builder#parser]
    public Parser parser() {
        return parser;
    }

    /// [Builder#limits]
    public Parser.Limits limits() {
        return limits;
    }

    /// [Builder#adapter]
    public Adapter.@Nullable Factory adapter() {
        return adapter;
    }

    /// [Builder#connectionStateRecovery]
    public @Nullable ConnectionStateRecovery connectionStateRecovery() {
        return connectionStateRecovery;
    }

    /// [Builder#cleanupEmptyChildNamespaces]
    public boolean cleanupEmptyChildNamespaces() {
        return cleanupEmptyChildNamespaces;
    }

    /// [Builder#maxDynamicNamespaces]
    public int maxDynamicNamespaces() {
        return maxDynamicNamespaces;
    }

    /// [Builder#maxNamespacesPerConnection]
    public int maxNamespacesPerConnection() {
        return maxNamespacesPerConnection;
    }

    /// [Builder#maxConnectsInFlight]
    public int maxConnectsInFlight() {
        return maxConnectsInFlight;
    }

    /// [Builder#mapping]
    public JsonMapping mapping() {
        return mapping;
    }

    /// [Builder#dispatch]
    public Dispatch dispatch() {
        return dispatch;
    }

    /// [Builder#executor]
    public Executor executor() {
        return executor;
    }

    /// [Builder#clock]
    public InstantSource clock() {
        return clock;
    }

    /// [Builder#errorAnswer]
    public Function<Throwable, @Nullable Object> errorAnswer() {
        return errorAnswer;
    }

    /// [Builder#maxPendingAcks]
    public int maxPendingAcks() {
        return maxPendingAcks;
    }

    /// [Builder#maxWaitingEvents]
    public int maxWaitingEvents() {
        return maxWaitingEvents;
    }

    /// [Builder#maxWaitingEventBytes]
    public long maxWaitingEventBytes() {
        return maxWaitingEventBytes;
    }

    /// [Builder#maxEventsPerSecond]
    public int maxEventsPerSecond() {
        return maxEventsPerSecond;
    }

    /// [Builder#drainEvent]
    public @Nullable String drainEvent() {
        return drainEvent;
    }
}
