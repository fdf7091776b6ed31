package io.natter.webtransport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WebTransportHostTest {
    @Test
    void aHostWithoutCertificateOrEndpointSaysSo() {
        assertThatThrownBy(() -> WebTransportHost.builder().listen())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls(");
        assertThatThrownBy(
                        () ->
                                WebTransportHost.builder()
                                        .tls(Path.of("no-chain.pem"), Path.of("no-key.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-chain.pem");
        assertThatThrownBy(() -> WebTransportHost.builder().port(65_536))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebTransportHost.builder().maxConnections(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
