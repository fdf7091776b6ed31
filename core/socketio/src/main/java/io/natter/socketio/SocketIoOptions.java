package io.natter.socketio;

import io.natter.engine.AllowRequest;
import io.natter.engine.EngineOptions;
import io.natter.engine.TransportName;
import io.natter.host.Cors;
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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a [SocketIoServer] behaves. Names and defaults are those of npm `socket.io`; the bounds, and
/// what is the JVM's, are Natter's own. Immutable; made by [#builder].
///
/// @param engine the options of the connections; path `/socket.io`, else the engine's defaults
/// @param serveClient whether the browser's client is served below the path; true
/// @param connectTimeout how long a connection may be open without having joined a namespace; 45 s
/// @param parser how packets are written; [Parsers#json]
/// @param limits what one packet may hold; [Parser.Limits#DEFAULT]
/// @param adapter makes the adapter of each namespace; null, the default, for this server alone
/// @param connectionStateRecovery recovery of lost connections; null, the default, for none
/// @param cleanupEmptyChildNamespaces whether namespaces that came to be by a client go when their
///   last client goes; false. They then go when there are `maxDynamicNamespaces`, or when a
///   thousand others have become empty since
/// @param maxDynamicNamespaces namespaces that clients may make, by a pattern or predicate that
///   lets them. Where there are so many, the one goes that has been empty the longest; while none
///   is empty, further ones are refused. 10,000
/// @param maxNamespacesPerConnection namespaces that one connection may join; further ones are
///   refused. 1,000
/// @param maxConnectsInFlight namespaces that one connection may be joining at a time, while their
///   middlewares run; further ones are refused. 100
/// @param mapping between payloads and values; Jackson
/// @param dispatch where handlers run; [Dispatch#VIRTUAL]
/// @param executor runs what may block; a new virtual thread for each task
/// @param clock the time of day, for handshakes and for recovery; the system's
/// @param errorAnswer what is sent as an acknowledgement when a handler has failed: from what it
///   threw to one argument, or to null to send nothing. By default `{"error":"internal error"}`, or
///   `{"error":"bad payload"}` for a payload that does not fit the handler
/// @param maxPendingAcks acknowledgements awaited from one socket at a time; 10,000
/// @param maxWaitingEvents events of one socket that wait for their handlers; past it the client's
///   connection is closed. 10,000
/// @param maxWaitingEventBytes bytes of one client's events that wait for their handlers; past it
///   the client is not read until half of them are done with. Less while the memory budget is
///   nearly used up. 0, the default, for four times [EngineOptions#maxHttpBufferSize]
/// @param maxEventsPerSecond events of one socket in a second; past it the client's connection is
///   closed. 0, the default, for no bound
/// @param drainEvent the event that tells a client, before [SocketIoServer#drain] closes its
///   connection, that it is going to; null for none. `server_draining`
public record SocketIoOptions(
        EngineOptions engine,
        boolean serveClient,
        Duration connectTimeout,
        Parser parser,
        Parser.Limits limits,
        Adapter.@Nullable Factory adapter,
        @Nullable ConnectionStateRecovery connectionStateRecovery,
        boolean cleanupEmptyChildNamespaces,
        int maxDynamicNamespaces,
        int maxNamespacesPerConnection,
        int maxConnectsInFlight,
        JsonMapping mapping,
        Dispatch dispatch,
        Executor executor,
        InstantSource clock,
        Function<Throwable, @Nullable Object> errorAnswer,
        int maxPendingAcks,
        int maxWaitingEvents,
        long maxWaitingEventBytes,
        int maxEventsPerSecond,
        @Nullable String drainEvent) {

    /// Checks that every figure makes sense.
    ///
    /// @throws IllegalArgumentException names the option at fault
    public SocketIoOptions {
        notNull("connectTimeout", connectTimeout);
        notNull("parser", parser);
        notNull("limits", limits);
        notNull("mapping", mapping);
        notNull("dispatch", dispatch);
        notNull("executor", executor);
        notNull("clock", clock);
        notNull("errorAnswer", errorAnswer);
        require(connectTimeout.isPositive(), "connectTimeout must be positive");
        require(maxDynamicNamespaces > 0, "maxDynamicNamespaces must be positive");
        require(maxNamespacesPerConnection > 0, "maxNamespacesPerConnection must be positive");
        require(maxConnectsInFlight > 0, "maxConnectsInFlight must be positive");
        require(maxPendingAcks > 0, "maxPendingAcks must be positive");
        require(
                maxWaitingEvents > 0 && maxWaitingEvents <= Mailbox.MAX_COUNT,
                "maxWaitingEvents must be positive and no more than " + Mailbox.MAX_COUNT);
        require(maxWaitingEventBytes >= 0, "maxWaitingEventBytes must not be negative");
        if (maxWaitingEventBytes == 0) {
            maxWaitingEventBytes = 4L * engine.maxHttpBufferSize();
        }
        require(maxEventsPerSecond >= 0, "maxEventsPerSecond must not be negative");
        if (drainEvent != null) {
            EventNames.checkSent(drainEvent);
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

    /// A builder with every option at its default.
    public static Builder builder() {
        return new Builder();
    }

    static Object defaultErrorAnswer(Throwable failure) {
        return Map.of(
                "error", failure instanceof PayloadException ? "bad payload" : "internal error");
    }

    /// Makes [SocketIoOptions]; each method sets the option of its name.
    public static final class Builder {
        private final EngineOptions.Builder engine = EngineOptions.builder().path("/socket.io");
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

        private Builder() {}

        /// Sets options of the engine: `engine(e -> e.perMessageDeflate(true))`.
        public Builder engine(Consumer<EngineOptions.Builder> change) {
            change.accept(engine);
            return this;
        }

        /// [EngineOptions#path]
        public Builder path(String value) {
            engine.path(value);
            return this;
        }

        /// [EngineOptions#pingInterval]
        public Builder pingInterval(Duration value) {
            engine.pingInterval(value);
            return this;
        }

        /// [EngineOptions#pingTimeout]
        public Builder pingTimeout(Duration value) {
            engine.pingTimeout(value);
            return this;
        }

        /// [EngineOptions#maxHttpBufferSize]
        public Builder maxHttpBufferSize(int value) {
            engine.maxHttpBufferSize(value);
            return this;
        }

        /// [EngineOptions#transports]
        public Builder transports(TransportName... value) {
            engine.transports(value);
            return this;
        }

        /// [EngineOptions#cors]
        public Builder cors(Cors value) {
            engine.cors(value);
            return this;
        }

        /// [EngineOptions#allowRequest]
        public Builder allowRequest(AllowRequest value) {
            engine.allowRequest(value);
            return this;
        }

        /// [EngineOptions#allowEio3]
        public Builder allowEio3(boolean value) {
            engine.allowEio3(value);
            return this;
        }

        /// Sets [SocketIoOptions#serveClient].
        public Builder serveClient(boolean value) {
            serveClient = value;
            return this;
        }

        /// Sets [SocketIoOptions#connectTimeout].
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /// Sets [SocketIoOptions#parser].
        public Builder parser(Parser value) {
            parser = value;
            return this;
        }

        /// Sets [SocketIoOptions#limits].
        public Builder limits(Parser.Limits value) {
            limits = value;
            return this;
        }

        /// Sets [SocketIoOptions#adapter].
        public Builder adapter(Adapter.Factory value) {
            adapter = value;
            return this;
        }

        /// Sets [SocketIoOptions#connectionStateRecovery].
        public Builder connectionStateRecovery(ConnectionStateRecovery value) {
            connectionStateRecovery = value;
            return this;
        }

        /// Sets [SocketIoOptions#cleanupEmptyChildNamespaces].
        public Builder cleanupEmptyChildNamespaces(boolean value) {
            cleanupEmptyChildNamespaces = value;
            return this;
        }

        /// Sets [SocketIoOptions#maxDynamicNamespaces].
        public Builder maxDynamicNamespaces(int value) {
            maxDynamicNamespaces = value;
            return this;
        }

        /// Sets [SocketIoOptions#maxNamespacesPerConnection].
        public Builder maxNamespacesPerConnection(int value) {
            maxNamespacesPerConnection = value;
            return this;
        }

        /// Sets [SocketIoOptions#maxConnectsInFlight].
        public Builder maxConnectsInFlight(int value) {
            maxConnectsInFlight = value;
            return this;
        }

        /// Sets [SocketIoOptions#mapping].
        public Builder mapping(JsonMapping value) {
            mapping = Objects.requireNonNull(value, "mapping must not be null");
            return this;
        }

        /// Sets [SocketIoOptions#dispatch].
        public Builder dispatch(Dispatch value) {
            dispatch = value;
            return this;
        }

        /// Sets [SocketIoOptions#executor].
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /// Sets [SocketIoOptions#clock].
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /// Sets [SocketIoOptions#errorAnswer].
        public Builder errorAnswer(Function<Throwable, @Nullable Object> value) {
            errorAnswer = value;
            return this;
        }

        /// Sets [SocketIoOptions#maxPendingAcks].
        public Builder maxPendingAcks(int value) {
            maxPendingAcks = value;
            return this;
        }

        /// Sets [SocketIoOptions#maxWaitingEvents].
        public Builder maxWaitingEvents(int value) {
            maxWaitingEvents = value;
            return this;
        }

        /// Sets [SocketIoOptions#maxWaitingEventBytes].
        public Builder maxWaitingEventBytes(long value) {
            maxWaitingEventBytes = value;
            return this;
        }

        /// Sets [SocketIoOptions#maxEventsPerSecond].
        public Builder maxEventsPerSecond(int value) {
            maxEventsPerSecond = value;
            return this;
        }

        /// Sets [SocketIoOptions#drainEvent].
        public Builder drainEvent(@Nullable String value) {
            drainEvent = value;
            return this;
        }

        /// The options.
        ///
        /// @throws IllegalArgumentException names the option that makes no sense
        public SocketIoOptions build() {
            return new SocketIoOptions(
                    engine.build(),
                    serveClient,
                    connectTimeout,
                    parser,
                    limits,
                    adapter,
                    connectionStateRecovery,
                    cleanupEmptyChildNamespaces,
                    maxDynamicNamespaces,
                    maxNamespacesPerConnection,
                    maxConnectsInFlight,
                    mapping == null ? new JacksonMapping() : mapping,
                    dispatch,
                    executor,
                    clock,
                    errorAnswer,
                    maxPendingAcks,
                    maxWaitingEvents,
                    maxWaitingEventBytes,
                    maxEventsPerSecond,
                    drainEvent);
        }
    }
}
