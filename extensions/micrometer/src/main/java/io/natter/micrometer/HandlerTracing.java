package io.natter.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/// Makes the spans of [SocketIoObservations], for applications with `micrometer-tracing`. A span
/// has no remote parent, because a connection lives for hours; it links to the span in which the
/// client connected. Add it before the handlers that make spans of all observations:
///
/// ```java
/// observationRegistry.observationConfig().observationHandler(
///         new FirstMatchingCompositeObservationHandler(
///                 new HandlerTracing(tracer), new DefaultTracingObservationHandler(tracer)));
/// ```
public final class HandlerTracing implements TracingObservationHandler<HandlerContext> {
    private final Tracer tracer;

    /// Spans of `tracer`.
    public HandlerTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void onStart(HandlerContext context) {
        var builder = tracer.spanBuilder().kind(Span.Kind.CONSUMER).name(getSpanName(context));
        var parent = getParentSpan(context);
        if (parent != null) {
            builder.setParent(parent.context());
        }
        var remote = context.connectedIn();
        if (remote != null) {
            var there =
                    tracer.traceContextBuilder()
                            .traceId(remote.traceId())
                            .spanId(remote.spanId())
                            .sampled(remote.sampled())
                            .build();
            builder.addLink(new Link(there));
        }
        getTracingContext(context).setSpan(builder.start());
    }

    @Override
    public void onStop(HandlerContext context) {
        var span = getRequiredSpan(context);
        span.name(getSpanName(context));
        tagSpan(context, span);
        endSpan(context, span);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof HandlerContext;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }
}
