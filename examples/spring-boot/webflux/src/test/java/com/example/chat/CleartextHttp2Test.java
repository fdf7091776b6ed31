package com.example.chat;

import com.example.checks.Client;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/// HTTP/2 without TLS beside HTTP/1.1, below a base path.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.http2.enabled=true")
class CleartextHttp2Test {
    @LocalServerPort private int port;

    private String sees(String name) throws Exception {
        return Client.run(name, "http://127.0.0.1:" + port);
    }

    @Test
    void servesHttp1() throws Exception {
        JSONAssert.assertEquals("{\"transport\": \"websocket\"}", sees("upgrade"), false);
    }

    @Test
    void servesHttp2() throws Exception {
        JSONAssert.assertEquals(
                "{\"joined\": true, \"ack\": \"43/chat,7[0]\"}", sees("http2"), false);
    }
}
