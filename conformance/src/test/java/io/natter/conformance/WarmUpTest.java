package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.netty.NettyHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {

    @ParameterizedTest
    @EnumSource(Mode.class)
    void comesByPollingWebSocketAndUpgradeAndLeavesNoSession(Mode mode) throws Exception {
        try (var server = Running.start(mode)) {
            var engine = Mode.engine(server.endpoint());
            WarmUp.run(server.host().address(), engine, null);
            assertThat(engine.metrics().packetsIn()).isPositive();
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
            var engine = Mode.engine(endpoint);
            WarmUp.run(host.address(), engine, certificate);
            assertThat(engine.metrics().packetsIn()).isPositive();
            assertThat(engine.sessions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"allowRequest\":\"deny\"}",
                "{\"transports\":[\"websocket\"]}",
                "{\"allowUpgrades\":false}",
                "{\"parser\":\"msgpack\"}",
                "{\"maxHttpBufferSize\":5}"
            })
    void doesNotMindWhatTheServerRefuses(String options) throws Exception {
        try (var server = Running.plain(options)) {
            var engine = Mode.engine(server.endpoint());
            WarmUp.run(server.host().address(), engine, null);
            assertThat(engine.sessions()).isEmpty();
        }
    }
}
