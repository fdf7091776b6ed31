package io.natter.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.natter.engine.SessionForwarder;
import io.natter.host.HostMetrics;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.HandlerError;
import io.natter.socketio.Namespace;
import io.natter.socketio.ParentNamespace;
import io.natter.socketio.SocketIoMetrics;
import io.natter.socketio.SocketIoServer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Binds the metrics of a [SocketIoServer] to a registry: `SocketIoMeters.of(io).bindTo(registry)`.
///
/// Every meter reads counters that the server keeps anyway, at the moment of a scrape. Events and
/// packets cost nothing more, unless [#handlerTimes] is called. Counts start with the server, not
/// with the binding.
///
/// No tag value comes from a client, so a client cannot make new time series. Sockets are counted
/// for the namespaces that the application names here, `/` by default. Children of a
/// [ParentNamespace], whose names clients choose, are counted together.
///
/// The meters are listed in `docs/metrics.md`. Not thread-safe; bind once.
public final class SocketIoMeters implements MeterBinder {
    private final SocketIoServer io;
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Set<String> timedEvents = new LinkedHashSet<>();
    private boolean times;
    private @Nullable HostMetrics host;
    private SessionForwarder.@Nullable Metrics forwarding;
    private Tags tags = Tags.empty();

    private SocketIoMeters(SocketIoServer io) {
        this.io = io;
        namespace(io.of("/"));
    }

    /// The metrics of `io`, with the sockets of its main namespace.
    public static SocketIoMeters of(SocketIoServer io) {
        return new SocketIoMeters(io);
    }

    /// Also counts the sockets of `namespace`, tagged with its name.
    ///
    /// @throws IllegalArgumentException for a [ParentNamespace]: its children need a name together
    public SocketIoMeters namespace(Namespace namespace) {
        if (namespace instanceof ParentNamespace) {
            throw new IllegalArgumentException(
                    "Clients choose the names of dynamic namespaces. Count them together with"
                            + " namespaces(name, parent).");
        }
        namespaces.put(namespace.name(), namespace);
        return this;
    }

    /// Also counts the sockets of all children of `parent` together.
    ///
    /// @param name the value of the tag `namespace`, such as `/game-*`
    public SocketIoMeters namespaces(String name, ParentNamespace parent) {
        namespaces.put(name, parent);
        return this;
    }

    /// Also times each call of a handler, as the timer `natter.handlers` with the tags `event` and
    /// `outcome`. Handlers of the events named here have their own series, all others are `other`:
    /// an application may name events after what clients send. Without this call no handler is
    /// timed. A handler that returns a `CompletionStage` is timed until it returns it.
    ///
    /// @param events the events with a series of their own; `connection`, `disconnecting` and
    ///   `disconnect` have one always
    public SocketIoMeters handlerTimes(String... events) {
        times = true;
        timedEvents.addAll(List.of(events));
        return this;
    }

    /// Also counts what a host counts, such as `nettyHost.metrics()`. Figures that the host cannot
    /// count have no meter.
    public SocketIoMeters host(HostMetrics metrics) {
        host = metrics;
        return this;
    }

    /// Also counts the requests that this server passes on, such as `forwarding.metrics()` of
    /// `SessionForwarding`. The figures of the server's adapter need no call.
    public SocketIoMeters forwarding(SessionForwarder.Metrics metrics) {
        forwarding = metrics;
        return this;
    }

    /// Adds tags to every meter, for instance one that tells two servers of a process apart.
    public SocketIoMeters tags(Iterable<Tag> more) {
        tags = tags.and(more);
        return this;
    }

    /// Registers the meters. The registry then holds the server.
    @Override
    public void bindTo(MeterRegistry registry) {
        EngineMeters.bind(new Meters(registry, tags), io.engine());
        var meters = new Meters(registry, tags);
        namespaces.forEach(
                (name, namespace) ->
                        meters.gauge(
                                "sockets",
                                "Sockets that are connected",
                                namespace,
                                SocketIoMeters::sockets,
                                "namespace",
                                name));
        count(meters, "connections", "Sockets that joined a namespace", m -> m.connections());
        count(meters, "recoveries", "Sockets whose state was recovered", m -> m.recoveries());
        count(meters, "connection.refusals", "Sockets that were refused", m -> m.refusals());
        count(meters, "events.received", "Events received from clients", m -> m.eventsIn());
        count(meters, "events.emitted", "Events emitted, a broadcast once", m -> m.emits());
        reasons(meters, io.metrics());
        if (times) {
            io.around(new HandlerTimes(meters, timedEvents));
        }
        if (host != null) {
            HostMeters.bind(meters, host);
        }
        var adapter = io.options().adapter();
        var cluster = adapter == null ? null : adapter.metrics();
        if (cluster != null) {
            ClusterMeters.bind(meters, cluster);
        }
        if (forwarding != null) {
            ClusterMeters.bind(meters, forwarding);
        }
    }

    private static void reasons(Meters meters, SocketIoMetrics metrics) {
        meters.countEach(
                "disconnects",
                "Sockets that left a namespace",
                metrics,
                "reason",
                DisconnectReason.values(),
                SocketIoMetrics::disconnects);
        meters.countEach(
                "errors",
                "Errors in handlers and middlewares of the application",
                metrics,
                "kind",
                HandlerError.Kind.values(),
                SocketIoMetrics::errors);
    }

    private void count(
            Meters meters,
            String name,
            String description,
            ToDoubleFunction<SocketIoMetrics> value) {
        meters.count(name, description, io.metrics(), value);
    }

    private static double sockets(Namespace namespace) {
        if (namespace instanceof ParentNamespace parent) {
            return parent.children().stream().mapToDouble(each -> each.sockets().size()).sum();
        }
        return namespace.sockets().size();
    }
}
