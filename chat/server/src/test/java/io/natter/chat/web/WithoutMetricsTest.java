package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class WithoutMetricsTest extends ServerTest {
    @Test
    void withoutATokenThereAreNoMetrics() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/metrics"))).statusCode()).isEqualTo(404);
    }
}
