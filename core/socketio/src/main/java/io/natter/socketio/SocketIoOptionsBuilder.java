package io.natter.socketio;

import io.natter.engine.EngineOptionsBuilder;
import io.natter.host.dispatch.Dispatch;
import io.natter.protocol.Parser;
import io.natter.protocol.Parsers;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.payload.JsonMapping;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The part of [SocketIoOptions.Builder] with the options of Socket.IO: their defaults and their
/// methods.
abstract sealed class SocketIoOptionsBuilder extends EngineOptionsBuilder<SocketIoOptions.Builder>
        permits SocketIoOptions.Builder {
    boolean serveClient = true;
    Duration connectTimeout = Duration.ofSeconds(45);
    Parser parser = Parsers.json();
    Parser.Limits limits = Parser.Limits.DEFAULT;
    Adapter.@Nullable Factory adapter;
    @Nullable ConnectionStateRecovery connectionStateRecovery;
    boolean cleanupEmptyChildNamespaces;
    int maxDynamicNamespaces = 10_000;
    int maxNamespacesPerConnection = 1000;
    int maxConnectsInFlight = 100;
    @Nullable JsonMapping mapping;
    Dispatch dispatch = Dispatch.VIRTUAL;
    Executor executor = Thread::startVirtualThread;
    InstantSource clock = InstantSource.system();
    Function<Throwable, @Nullable Object> errorAnswer = SocketIoOptions::defaultErrorAnswer;
    int maxPendingAcks = 10_000;
    int maxWaitingEvents = 10_000;
    long maxWaitingEventBytes;
    int maxEventsPerSecond;
    @Nullable String drainEvent = "server_draining";

    SocketIoOptionsBuilder() {
        path("/socket.io");
    }

    /// Whether the browser's client is served below the path; true.
    public SocketIoOptions.Builder serveClient(boolean value) {
        serveClient = value;
        return self();
    }

    /// How long a connection may be open without having joined a namespace; 45 s.
    public SocketIoOptions.Builder connectTimeout(Duration value) {
        connectTimeout = value;
        return self();
    }

    /// How packets are written; [Parsers#json].
    public SocketIoOptions.Builder parser(Parser value) {
        parser = value;
        return self();
    }

    /// The limits of one packet; [Parser.Limits#DEFAULT].
    public SocketIoOptions.Builder limits(Parser.Limits value) {
        limits = value;
        return self();
    }

    /// Makes the adapter of each namespace; by default one for this server alone.
    public SocketIoOptions.Builder adapter(Adapter.Factory value) {
        adapter = value;
        return self();
    }

    /// Recovery of lost connections; by default none.
    public SocketIoOptions.Builder connectionStateRecovery(ConnectionStateRecovery value) {
        connectionStateRecovery = value;
        return self();
    }

    /// Whether a namespace that a client created is removed with its last client; false. If false,
    /// it is removed when there are `maxDynamicNamespaces`, or when a thousand others have become
    /// empty since.
    public SocketIoOptions.Builder cleanupEmptyChildNamespaces(boolean value) {
        cleanupEmptyChildNamespaces = value;
        return self();
    }

    /// Namespaces that clients may create, by a pattern or predicate. Above this number, the one is
    /// removed that has been empty the longest. If none is empty, further ones are refused. 10,000.
    public SocketIoOptions.Builder maxDynamicNamespaces(int value) {
        maxDynamicNamespaces = value;
        return self();
    }

    /// Namespaces that one connection may join; further ones are refused. 1,000.
    public SocketIoOptions.Builder maxNamespacesPerConnection(int value) {
        maxNamespacesPerConnection = value;
        return self();
    }

    /// Namespaces that one connection may be joining at a time, while their middlewares run;
    /// further ones are refused. 100.
    public SocketIoOptions.Builder maxConnectsInFlight(int value) {
        maxConnectsInFlight = value;
        return self();
    }

    /// The mapping between payloads and values; [io.natter.socketio.payload.JacksonMapping] with
    /// its default mapper.
    public SocketIoOptions.Builder mapping(JsonMapping value) {
        mapping = Objects.requireNonNull(value, "mapping must not be null");
        return self();
    }

    /// Where handlers run; [Dispatch#VIRTUAL].
    public SocketIoOptions.Builder dispatch(Dispatch value) {
        dispatch = value;
        return self();
    }

    /// Runs tasks that may block; a new virtual thread for each task.
    public SocketIoOptions.Builder executor(Executor value) {
        executor = value;
        return self();
    }

    /// The time of day, for handshakes and for recovery; the system's.
    public SocketIoOptions.Builder clock(InstantSource value) {
        clock = value;
        return self();
    }

    /// The acknowledgement when a handler has failed: a function from the exception to one
    /// argument, or to null to send none. By default `{"error":"internal error"}`, or
    /// `{"error":"bad payload"}` for a payload that does not fit the handler.
    public SocketIoOptions.Builder errorAnswer(Function<Throwable, @Nullable Object> value) {
        errorAnswer = value;
        return self();
    }

    /// Acknowledgements awaited from one socket at a time; 10,000.
    public SocketIoOptions.Builder maxPendingAcks(int value) {
        maxPendingAcks = value;
        return self();
    }

    /// Events of one socket that wait for their handlers. Above this number, the client's
    /// connection is closed. 10,000.
    public SocketIoOptions.Builder maxWaitingEvents(int value) {
        maxWaitingEvents = value;
        return self();
    }

    /// Bytes of one client's events that wait for their handlers. Above this number, the client is
    /// not read until half of them are processed. Less while the memory budget is short. 0, the
    /// default, for four times [#maxHttpBufferSize].
    public SocketIoOptions.Builder maxWaitingEventBytes(long value) {
        maxWaitingEventBytes = value;
        return self();
    }

    /// Events of one socket in a second. Above this number, the client's connection is closed. 0,
    /// the default, for no limit.
    public SocketIoOptions.Builder maxEventsPerSecond(int value) {
        maxEventsPerSecond = value;
        return self();
    }

    /// The event that announces to a client that [SocketIoServer#drain] is going to close its
    /// connection; null for none. `server_draining`.
    public SocketIoOptions.Builder drainEvent(@Nullable String value) {
        drainEvent = value;
        return self();
    }
}
