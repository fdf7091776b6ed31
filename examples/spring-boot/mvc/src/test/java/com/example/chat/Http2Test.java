package com.example.chat;

import com.example.checks.Client;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// TLS from an SSL bundle, with HTTP/2 beside HTTP/1.1 on one port.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.http2.enabled=true",
            "server.ssl.bundle=web",
            "natter.cors.allowed-origins=https://pages.example"
        })
class Http2Test {
    @LocalServerPort private int port;

    @DynamicPropertySource
    static void bundle(DynamicPropertyRegistry registry) throws Exception {
        var made =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .addSanIpAddress("127.0.0.1")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        registry.add(
                "spring.ssl.bundle.pem.web.keystore.certificate",
                () -> location("cert.pem", made.getCertificatePEM()));
        registry.add(
                "spring.ssl.bundle.pem.web.keystore.private-key",
                () -> location("key.pem", made.getPrivateKeyPEM()));
    }

    private static String location(String name, String text) {
        try {
            var file = Files.writeString(Path.of("target", name), text);
            return file.toUri().toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sees(String name) throws Exception {
        return Client.run(name, "https://127.0.0.1:" + port);
    }

    @Test
    void pollsOverHttp2AndUpgradesToWebSocket() throws Exception {
        JSONAssert.assertEquals(
                """
                {"alpn": "h2", "status": 200, "joined": true, "probe": "3probe", "ack": "43/chat,7[0]"}
                """,
                sees("http2"),
                true);
    }

    @Test
    void servesHttp1ClientsOnTheSamePort() throws Exception {
        JSONAssert.assertEquals(
                "{\"transport\": \"websocket\", \"greeted\": \"ana\"}", sees("upgrade"), false);
    }

    @Test
    void answersPreflights() throws Exception {
        JSONAssert.assertEquals(
                "{\"status\": 204, \"origin\": \"https://pages.example\"}",
                sees("preflightHttp2"),
                true);
    }

    @Test
    void refusesWithoutUser() throws Exception {
        JSONAssert.assertEquals("{\"status\": 401}", sees("refusedWebSocket"), false);
    }
}
