package io.natter.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.natter.socketio.HandlerError;
import io.natter.socketio.SocketIoServer;
import io.natter.testing.TestServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Observations of handlers, with the tracer of OpenTelemetry.
class SocketIoObservationsTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String TRACE_PARENT = "00-" + TRACE + "-" + SPAN + "-01";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider =
            SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SocketIoServer io = SocketIoServer.create();
    private final TestServer server = TestServer.start(io);

    @BeforeEach
    void observe() {
        var tracer =
                new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {});
        var observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(
                        new FirstMatchingCompositeObservationHandler(
                                new HandlerTracing(tracer),
                                new DefaultTracingObservationHandler(tracer)));
        io.around(SocketIoObservations.of(observations, "hello"));
        io.onConnection(
                socket -> {
                    socket.on("hello", () -> {});
                    socket.on("secret-4711", () -> {});
                    socket.on(
                            "fail",
                            () -> {
                                throw new IllegalStateException("on purpose");
                            });
                });
    }

    @AfterEach
    void close() {
        server.close();
        provider.close();
        meters.close();
    }

    /// The span of a handler for `event`.
    private SpanData span(String event) {
        var name = AttributeKey.stringKey("messaging.socket.io.event_name");
        await().until(
                        () ->
                                exporter.getFinishedSpanItems().stream()
                                        .anyMatch(
                                                each ->
                                                        event.equals(
                                                                each.getAttributes().get(name))));
        return exporter.getFinishedSpanItems().stream()
                .filter(each -> event.equals(each.getAttributes().get(name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHandlerIsASpanThatLinksToTheSpanInWhichItsClientConnected() {
        server.client().auth(Map.of("traceparent", TRACE_PARENT)).connect().emit("hello");
        var span = span("hello");
        assertThat(span.getName()).isEqualTo("receive /");
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getLinks()).hasSize(1);
        var link = span.getLinks().getFirst().getSpanContext();
        assertThat(List.of(link.getTraceId(), link.getSpanId())).isEqualTo(List.of(TRACE, SPAN));
        assertThat(link.isSampled()).isTrue();
    }

    @Test
    void theHeaderOfTheHandshakeNamesTheSpanToo() {
        server.client().header("traceparent", TRACE_PARENT).connect().emit("hello");
        assertThat(span("hello").getLinks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            })
    void aMalformedOneIsNoLink(String header) {
        server.client().header("traceparent", header).connect().emit("hello");
        assertThat(span("hello").getLinks()).isEmpty();
    }

    @Test
    void whatAHandlerThrowsIsTheErrorOfItsSpan() {
        server.connect().emit("fail");
        assertThat(span("fail").getStatus().getStatusCode().name()).isEqualTo("ERROR");
        await().until(() -> io.metrics().errors(HandlerError.Kind.HANDLER) == 1);
    }

    @Test
    void metricsHaveTheNamesOfEventsThatTheApplicationAllows() {
        var client = server.connect();
        client.emit("hello");
        client.emit("secret-4711");
        span("secret-4711");
        await().until(
                        () ->
                                meters.find("natter.handler").tag("event", "other").timer() != null
                                        && meters.find("natter.handler")
                                                        .tag("event", "hello")
                                                        .timer()
                                                != null);
        assertThat(meters.getMetersAsString()).doesNotContain("4711");
    }
}
