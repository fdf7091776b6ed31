package io.natter.chat.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.ChatConfig;
import io.natter.chat.web.ServerTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Behind a proxy on the same machine, which is how the chat is meant to be run.
class ProxyTest extends ServerTest {
    @Override
    protected ChatConfig config() {
        return new ChatConfig("127.0.0.1", 0, directory, List.of(), List.of("loopback"));
    }

    private HttpResponse<String> signIn(String header, String value, int n)
            throws IOException, InterruptedException {
        return send(signingIn("{\"name\":\"Guest %d\"}".formatted(n)).header(header, value));
    }

    @Test
    void signInsOfOneClientHaveALimit() throws Exception {
        for (int i = 0; i < 60; i++) {
            // The client's own header comes before the part that the proxy appends.
            assertThat(signIn("X-Forwarded-For", "6.6.6." + i + ", 192.0.2.1", i).statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> refused = signIn("X-Forwarded-For", "192.0.2.1", 60);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).at("/err/retry_after_ms").asLong()).isEqualTo(2000);
        assertThat(signIn("X-Forwarded-For", "192.0.2.2", 61).statusCode()).isEqualTo(200);
        assertThat(signIn("Forwarded", "for=192.0.2.1;proto=https", 62).statusCode())
                .isEqualTo(429);
    }

    @Test
    void theMachineItselfHasNone() throws Exception {
        for (int i = 0; i < 70; i++) {
            guest("Guest " + i);
        }
    }
}
