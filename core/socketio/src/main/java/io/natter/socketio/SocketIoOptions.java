package io.natter.socketio;

import io.natter.engine.EngineOptions;
import io.natter.host.dispatch.Dispatch;
import io.natter.host.dispatch.Mailbox;
import io.natter.protocol.Parser;
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

    private SocketIoOptions(SocketIoOptionsBuilder from, EngineOptions engine) {
        check(from);
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

    /// @throws IllegalArgumentException names the invalid option
    private static void check(SocketIoOptionsBuilder from) {
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
    /// the connections, such as [#pingInterval] and [#cors], are those of
    /// [io.natter.engine.EngineOptionsBuilder].
    public static final class Builder extends SocketIoOptionsBuilder {
        private Builder() {}

        @Override
        protected Builder self() {
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
