package com.example.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.socketio.SocketIoServer;
import io.natter.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.annotation.DirtiesContext;

/// Handlers without a web server, in an application whose beans are made when they are needed.
@SpringBootTest(properties = "spring.main.lazy-initialization=true")
@DirtiesContext
class InMemoryTest {
    @Autowired private SocketIoServer io;

    @Test
    void handlersHaveTheUserOfTheTest() {
        try (var server = TestServer.start(io)) {
            var user = new TestingAuthenticationToken("zoe", "", "ROLE_USER");
            var zoe = server.client().namespace("/chat").principal(user).connect();
            assertThat(zoe.await("welcome", String.class)).isEqualTo("zoe");
            assertThat(zoe.call("count", Integer.class, "lobby")).isZero();
            assertThat(zoe.call("clear", Object.class, "lobby"))
                    .isEqualTo(Map.of("error", "forbidden"));
        }
    }
}
