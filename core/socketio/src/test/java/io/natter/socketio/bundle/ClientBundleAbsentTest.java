package io.natter.socketio.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import io.natter.host.HttpRequest;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientBundleAbsentTest {
    @Test
    void saysHowToGetTheFilesWhereTheyAreNotInTheBuild() {
        var engine =
                new EngineServer(
                        EngineOptions.DEFAULT,
                        _ -> {
                            throw new AssertionError();
                        });
        var bundle = new ClientBundle("/socket.io", engine, null, "nowhere/");
        var answer =
                bundle.answer(
                        new HttpRequest(
                                "GET",
                                "/socket.io/socket.io.js",
                                "",
                                Map.of(),
                                new InetSocketAddress(0),
                                false));
        assertThat(bundle.version()).isNull();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(new String(answer.body(), UTF_8))
                .contains("natter-socketio", "Add them", "socket.io-client");
    }
}
