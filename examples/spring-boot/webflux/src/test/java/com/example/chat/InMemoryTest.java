package com.example.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.socketio.SocketIoServer;
import io.natter.testing.ConnectRefusedException;
import io.natter.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

/// Handlers without a web server, in an application whose beans are made when they are needed. The
/// filters of WebFlux run there, too.
@SpringBootTest(properties = "spring.main.lazy-initialization=true")
@DirtiesContext
class InMemoryTest {
    @Autowired private SocketIoServer io;

    @Test
    void filtersFindTheUser() {
        try (var server = TestServer.start(io)) {
            var client = server.client().namespace("/chat");
            assertThatThrownBy(client::connect)
                    .isInstanceOf(ConnectRefusedException.class)
                    .hasMessageStartingWith("401");
            var password = "zoe:secret".getBytes(StandardCharsets.US_ASCII);
            var basic = "Basic " + Base64.getEncoder().encodeToString(password);
            var zoe = client.header("Authorization", basic).connect();
            assertThat(zoe.await("welcome", String.class)).isEqualTo("zoe");
        }
    }
}
