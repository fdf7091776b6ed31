package io.natter.chat.web.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.web.IntegrationTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Without an option, webhooks reach no address of the server's own network.
class WebhookAddressTest extends IntegrationTest {
    private static final String WISH =
            "{'name':'CI','url':'%s','events':['message.sent'],'rooms':['general']}";

    @Test
    void anAddressOfTheOwnNetworkIsRefusedAtOnce() throws Exception {
        for (String url :
                new String[] {
                    "https://127.0.0.1/",
                    "http://localhost:1/",
                    "https://[::1]/",
                    "https://10.0.0.1/"
                }) {
            clock.advance(Duration.ofSeconds(2));
            var refused = post(cookie, "/api/webhooks/outgoing", WISH, url);
            assertThat(code(refused)).as(url).isEqualTo("bad_request");
            assertThat(refused.body()).contains("--webhook-networks");
        }
    }

    /// The name of this machine is no literal address, so only the connection tells.
    @Test
    void aNameOfTheOwnNetworkIsRefusedAtTheConnection() throws Exception {
        String name = InetAddress.getLocalHost().getHostName();
        try (ServerSocket inside = new ServerSocket(0)) {
            inside.setSoTimeout(1);
            made(
                    "/api/webhooks/outgoing",
                    WISH,
                    "https://" + name + ":" + inside.getLocalPort() + "/");
            send(olga, "general", "one");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> json(get(cookie, "/api/webhooks")).at("/outgoing/0").has("error"));
            assertThat(json(get(cookie, "/api/webhooks")).at("/outgoing/0/error").asString())
                    .startsWith("The chat sends nothing to this address");
        }
    }
}
