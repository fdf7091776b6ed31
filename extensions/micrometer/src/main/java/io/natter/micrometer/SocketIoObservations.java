package io.natter.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.natter.socketio.HandlerCall;
import io.natter.socketio.HandlerInterceptor;
import java.util.Set;

/// Makes an observation of each call of a handler: `natter.handler`, for metrics and traces.
///
/// ```java
/// io.around(SocketIoObservations.of(observationRegistry, "join", "message"));
/// ```
///
/// Key values of low cardinality, which become tags of metrics: `messaging.system`,
/// `messaging.operation.type`, and `event`, which is `other` for all events that are not named
/// here. Of high cardinality, for traces only: `messaging.destination.name` (the namespace),
/// `messaging.socket.io.event_name` and `messaging.client.id` (the socket). The context is a
/// [HandlerContext]. With [HandlerTracing] a span links to the span in which the client connected.
public final class SocketIoObservations implements HandlerInterceptor {
    private static final String NAME = "natter.handler";

    private final ObservationRegistry registry;
    private final Set<String> events;

    private SocketIoObservations(ObservationRegistry registry, Set<String> events) {
        this.registry = registry;
        this.events = events;
    }

    /// Observations for `registry`.
    ///
    /// @param events the events whose names may be tags of metrics
    public static SocketIoObservations of(ObservationRegistry registry, String... events) {
        return new SocketIoObservations(registry, Set.of(events));
    }

    @Override
    public void around(HandlerCall call) throws Exception {
        if (registry.isNoop()) {
            call.proceed();
            return;
        }
        observation(call).observeChecked(call::proceed);
    }

    private Observation observation(HandlerCall call) {
        var namespace = call.socket().nsp().name();
        var event = call.event();
        boolean isNamed = call.kind() != HandlerCall.Kind.EVENT || events.contains(event);
        return Observation.createNotStarted(NAME, () -> new HandlerContext(call), registry)
                .contextualName("receive " + namespace)
                .lowCardinalityKeyValue("messaging.system", "socket.io")
                .lowCardinalityKeyValue("messaging.operation.type", "process")
                .lowCardinalityKeyValue("event", isNamed ? event : "other")
                .highCardinalityKeyValue("messaging.destination.name", namespace)
                .highCardinalityKeyValue("messaging.socket.io.event_name", event)
                .highCardinalityKeyValue("messaging.client.id", call.socket().id());
    }
}
