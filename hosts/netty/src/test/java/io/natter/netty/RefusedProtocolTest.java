package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.natter.engine.EngineServer;
import io.natter.socketio.SocketIoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Clients of Socket.IO 2 where they are not allowed.
class RefusedProtocolTest {
    private static String answerTo(NettyHost host, String query)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + host.port() + "/socket.io/?" + query);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }

    @Test
    void theLogSaysOnceWhatToDo() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(EngineServer.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        try (var host =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(SocketIoServer.create())
                        .threads(1)
                        .listen()) {
            answerTo(host, "transport=polling");
            for (int i = 0; i < 3; i++) {
                assertThat(answerTo(host, "EIO=3&transport=polling"))
                        .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
            }
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly(
                            "refused a client of Engine.IO 3, which Socket.IO 2 speaks: update the"
                                    + " client to version 3 or later, or set the option allowEio3."
                                    + " Further ones are not logged");
        } finally {
            logger.detachAppender(log);
        }
    }
}
