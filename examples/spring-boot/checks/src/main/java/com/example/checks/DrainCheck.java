package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/// Clients are told before the application stops.
public final class DrainCheck {
    private DrainCheck() {}

    /// Starts an application, connects clients, and stops it.
    public static void run(Class<?> application) throws Exception {
        var context = SpringApplication.run(application, "--server.port=0");
        try (context) {
            int port = ((WebServerApplicationContext) context).getWebServer().getPort();
            try (var client = Client.start("drain", "http://127.0.0.1:" + port)) {
                assertThat(client.line()).isEqualTo("READY");
                context.close();
                JSONAssert.assertEquals(
                        """
                        {"windows": [true, true], "reasons": ["transport close", "transport close"]}
                        """,
                        client.line(),
                        true);
            }
        }
    }
}
