package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.conformance.WarmUp.Way;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import io.natter.netty.NettyHost;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
    /// Time enough on any machine: these tests are about what is said, not about how long it takes.
    private static final Duration AMPLE = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource(Mode.class)
    void asksAnswersAndCarriesBytesInEveryWayAndLeavesNoSession(Mode mode) throws Exception {
        try (var server = Running.start(mode)) {
            var engine = Mode.engine(server.endpoint());
            assertThat(WarmUp.run(server.address(), mode, engine, null, AMPLE))
                    .containsExactlyInAnyOrder(Way.values());
            assertThat(engine.metrics().upgrades()).isPositive();
            assertThat(engine.sessions()).isEmpty();
        }
    }

    @Test
    void trustsTheServersOwnCertificate() throws Exception {
        var certificate = TestCertificate.make();
        var endpoint = Mode.JAVA_CLIENT.endpoint(Mode.Settings.NONE);
        var builder = NettyHost.builder().endpoint(endpoint).port(0);
        try (var host = builder.tls(certificate.chain(), certificate.key()).listen()) {
            assertThat(WarmUp.run(host.address(), Mode.JAVA_CLIENT, endpoint, certificate, AMPLE))
                    .containsExactlyInAnyOrder(Way.values());
            assertThat(Mode.engine(endpoint).sessions()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"allowRequest":"deny"}      |
                    {"transports":["websocket"]} | WEBSOCKET
                    {"allowUpgrades":false}      | POLLING,WEBSOCKET,UPGRADE
                    {"parser":"msgpack"}         |
                    {"maxHttpBufferSize":5}      |
                    """)
    void doesNotMindWhatTheServerRefuses(String options, String ways) throws Exception {
        try (var server = Running.plain(options)) {
            var engine = Mode.engine(server.endpoint());
            assertThat(WarmUp.run(server.address(), Mode.PLAIN, engine, null, AMPLE))
                    .extracting(Way::name)
                    .containsExactlyInAnyOrderElementsOf(
                            ways == null ? List.of() : Arrays.asList(ways.split(",")));
            assertThat(engine.sessions()).isEmpty();
        }
    }

    @Test
    void aServerThatStandsStillStartsWithoutAWarmUp() throws Exception {
        var still = new AtomicBoolean();
        var moveOn = new CountDownLatch(1);
        var endpoint =
                new EngineServer(
                        EngineOptions.DEFAULT,
                        session ->
                                new Echo(session) {
                                    @Override
                                    public void text(byte[] buffer, int from, int to) {
                                        if (still.get()) {
                                            await(moveOn);
                                        }
                                        super.text(buffer, from, to);
                                    }
                                });
        try (var host = NettyHost.builder().endpoint(endpoint).port(0).threads(1).listen()) {
            // Else the short time is over before the server gets as far as to stand still.
            WarmUp.run(host.address(), Mode.ENGINE, endpoint, null, AMPLE);
            still.set(true);
            var moment = Duration.ofMillis(500);
            assertThat(WarmUp.run(host.address(), Mode.ENGINE, endpoint, null, moment)).isEmpty();
            moveOn.countDown();
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
