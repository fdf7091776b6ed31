package io.natter.micrometer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.natter.host.CountedHostMetrics;
import io.natter.host.Strand;
import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.ConnectException;
import io.natter.socketio.SocketIoServer;
import io.natter.testing.TestServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketIoMetersTest {
    private final SocketIoServer io = SocketIoServer.create();
    private final TestServer server = TestServer.start(io);
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @AfterEach
    void close() {
        server.close();
        registry.close();
    }

    private double value(String name, String... tags) {
        var search = registry.get(name).tags(tags);
        return search.meter().measure().iterator().next().getValue();
    }

    @Test
    void clientsAndSocketsAreCountedWhileTheyAreConnected() {
        io.of("/chat");
        SocketIoMeters.of(io).namespace(io.of("/chat")).bindTo(registry);
        var ada = server.connect();
        server.client().namespace("/chat").connect();
        assertThat(value("natter.clients")).isEqualTo(2);
        assertThat(value("natter.sockets", "namespace", "/")).isEqualTo(1);
        assertThat(value("natter.sockets", "namespace", "/chat")).isEqualTo(1);
        ada.disconnect();
        await().until(() -> value("natter.sockets", "namespace", "/") == 0);
        assertThat(value("natter.connections")).isEqualTo(2);
        assertThat(value("natter.disconnects", "reason", "client namespace disconnect"))
                .isEqualTo(1);
    }

    @Test
    void theAdapterAndForwardingAreCounted() {
        SocketIoMeters.of(ClusterFigures.server())
                .forwarding(new ClusterFigures.Forwarding())
                .bindTo(registry);
        assertThat(value("natter.adapter.published")).isEqualTo(11);
        assertThat(value("natter.adapter.received")).isEqualTo(12);
        assertThat(value("natter.adapter.dropped")).isEqualTo(13);
        assertThat(value("natter.adapter.malformed")).isEqualTo(14);
        assertThat(value("natter.adapter.timeouts")).isEqualTo(15);
        assertThat(value("natter.adapter.waiting")).isEqualTo(16);
        assertThat(value("natter.adapter.connected")).isEqualTo(1);
        assertThat(value("natter.forwarding.requests")).isEqualTo(21);
        assertThat(value("natter.forwarding.websockets")).isEqualTo(22);
        assertThat(value("natter.forwarding.received")).isEqualTo(23);
        assertThat(value("natter.forwarding.unreachable")).isEqualTo(24);
        assertThat(value("natter.forwarding.timeouts")).isEqualTo(25);
        assertThat(value("natter.forwarding.refused")).isEqualTo(26);
        assertThat(value("natter.forwarding.forged")).isEqualTo(27);
        assertThat(value("natter.forwarding.malformed")).isEqualTo(28);
        assertThat(value("natter.forwarding.inflight")).isEqualTo(29);
    }

    @Test
    void aServerWithoutAdapterHasNoMetersOfOne() {
        SocketIoMeters.of(io).bindTo(registry);
        assertThat(registry.find("natter.adapter.connected").meter()).isNull();
        assertThat(registry.find("natter.forwarding.requests").meter()).isNull();
    }

    @Test
    void whatHappenedBeforeTheBindingIsCounted() {
        io.onConnection(socket -> socket.emit("hello"));
        server.connect().await("hello");
        SocketIoMeters.of(io).bindTo(registry);
        assertThat(value("natter.handshakes")).isEqualTo(1);
        assertThat(value("natter.events.emitted")).isEqualTo(1);
    }

    @Test
    void eventsErrorsAndRefusalsAreCountedByKind() {
        SocketIoMeters.of(io).bindTo(registry);
        io.use(
                socket -> {
                    if (socket.handshake().query().containsKey("stranger")) {
                        throw new ConnectException("not you");
                    }
                });
        io.onConnection(
                socket ->
                        socket.on(
                                "fail",
                                () -> {
                                    throw new IllegalStateException("on purpose");
                                }));
        server.connect().emit("fail");
        assertThatThrownBy(() -> server.client().query("stranger", "1").connect())
                .hasMessage("not you");
        await().until(() -> value("natter.errors", "kind", "handler") == 1);
        assertThat(value("natter.events.received")).isEqualTo(1);
        assertThat(value("natter.connection.refusals")).isEqualTo(1);
    }

    @Test
    void namespacesThatClientsNameAreCountedTogether() {
        var games = io.of(Pattern.compile("/game-\\d+"));
        assertThatThrownBy(() -> SocketIoMeters.of(io).namespace(games))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("namespaces(name, parent)");
        SocketIoMeters.of(io).namespaces("/game-*", games).bindTo(registry);
        server.client().namespace("/game-1").connect();
        server.client().namespace("/game-2").connect();
        assertThat(value("natter.sockets", "namespace", "/game-*")).isEqualTo(2);
        assertThat(registry.scrape()).doesNotContain("game-1");
    }

    @Test
    void clientsCannotMakeTimeSeries() {
        SocketIoMeters.of(io).bindTo(registry);
        Set<Meter.Id> before = ids();
        for (int i = 0; i < 20; i++) {
            var client = server.client().header("X-Name", "v" + i).query("q" + i, "v").connect();
            client.emit("event " + i, "x");
            client.breakConnection();
        }
        assertThat(ids()).isEqualTo(before);
    }

    private Set<Meter.Id> ids() {
        return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }

    @Test
    void twoServersInOneRegistryAreToldApartByATag() {
        var other = SocketIoServer.create();
        SocketIoMeters.of(io).tags(Tags.of("server", "a")).bindTo(registry);
        SocketIoMeters.of(other).tags(List.of(Tag.of("server", "b"))).bindTo(registry);
        server.connect();
        assertThat(value("natter.clients", "server", "a")).isEqualTo(1);
        assertThat(value("natter.clients", "server", "b")).isZero();
        other.close();
    }

    @Test
    void handlersAreTimedByTheEventsThatTheApplicationNames() {
        SocketIoMeters.of(io).handlerTimes("hello", "fail").bindTo(registry);
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
        var before = ids();
        var client = server.connect();
        client.emit("hello");
        client.emit("hello");
        client.emit("secret-4711");
        client.emit("fail");
        client.emit("nobody hears this");
        await().until(() -> handled("fail", "error") == 1);
        assertThat(handled("hello", "ok")).isEqualTo(2);
        assertThat(handled("other", "ok")).isEqualTo(1);
        assertThat(handled("connection", "ok")).isEqualTo(1);
        assertThat(
                        registry.get("natter.handlers")
                                .tags("event", "hello", "outcome", "ok")
                                .timer()
                                .totalTime(NANOSECONDS))
                .isPositive();
        assertThat(ids()).isEqualTo(before);
        assertThat(registry.scrape()).doesNotContain("4711");
    }

    private double handled(String event, String outcome) {
        return registry.get("natter.handlers")
                .tags("event", event, "outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void theLagOfAnEventLoopIsThatOfTheTaskThatWaits() {
        var now = new AtomicLong();
        var strand = new ManualStrand();
        var lag = new StrandLag(() -> List.<Strand>of(strand), now::get);
        assertThat(lag.nanos()).isZero();
        now.set(5);
        strand.run();
        now.set(100);
        assertThat(lag.nanos()).isEqualTo(5);
        now.set(1100);
        assertThat(lag.nanos()).isEqualTo(1000);
        strand.run();
        assertThat(lag.nanos()).isEqualTo(1000);
        strand.run();
        assertThat(lag.nanos()).isZero();
    }

    @Test
    void aHostShowsWhatItCanCount() {
        var host = new CountedHostMetrics();
        host.requests.add(3);
        SocketIoMeters.of(io).host(host).bindTo(registry);
        assertThat(value("natter.host.requests")).isEqualTo(3);
        assertThat(registry.find("natter.host.connections").meter()).isNull();
    }

    @Test
    void bytesAreAscribedTheirUnit() {
        SocketIoMeters.of(io).bindTo(registry);
        server.connect().emit("x", "some text");
        assertThat(registry.scrape())
                .contains("natter_bytes_total{direction=\"received\"}")
                .contains("natter_memory_used_bytes")
                .contains("natter_limits_exceeded_total{limit=\"waiting bytes\"} 0.0");
    }
}
