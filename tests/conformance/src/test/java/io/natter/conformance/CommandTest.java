package io.natter.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class CommandTest {

    @ParameterizedTest
    @EnumSource(Mode.class)
    void saysReadyServesAndStopsWhenTold(Mode mode) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Conformance.class.getName(),
                                mode.toString(),
                                "--port",
                                "0",
                                "--host",
                                "127.0.0.1")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            var ready = out.readLine();
            assertThat(ready).matches("READY \\d+");
            assertThat(status("http://127.0.0.1:" + ready.substring(6) + path(mode)))
                    .isEqualTo(200);
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String path(Mode mode) {
        var engine = Mode.engine(mode.endpoint(Mode.Settings.NONE));
        return engine.options().prefix() + "?EIO=4&transport=polling";
    }

    @Test
    void namesTheModesThereAreWhenOneIsUnknown() {
        assertThat(refusal("nonsense"))
                .contains("engine, socketio, client, engine-client, java-client, plain");
    }

    @Test
    void namesTheServersThereAreWhenOneIsUnknown() {
        assertThat(refusal("plain", "--server", "nonsense"))
                .contains("there is no server 'nonsense', but jetty, netty, tomcat");
    }

    @Test
    void eio3LetsClientsOfProtocol3In() throws Exception {
        var path = "/engine.io/?EIO=3&transport=polling";
        try (var without = Running.start(Mode.ENGINE);
                var with = Running.start(Mode.ENGINE, new Mode.Settings(true, "{}"))) {
            assertThat(status(without.url() + path)).isEqualTo(400);
            assertThat(status(with.url() + path)).isEqualTo(200);
        }
    }

    private static int status(String url) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static String refusal(String... args) {
        var err = new StringWriter();
        int exit =
                new CommandLine(new Conformance()).setErr(new PrintWriter(err, true)).execute(args);
        assertThat(exit).isEqualTo(2);
        return err.toString();
    }
}
