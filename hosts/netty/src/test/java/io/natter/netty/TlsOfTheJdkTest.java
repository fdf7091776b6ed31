package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process with Natter's own dependencies only: without BoringSSL and without an SLF4J provider.
class TlsOfTheJdkTest {
    /// The program of the test.
    static final class Program {
        public static void main(String[] args) throws Exception {
            var made = TestCertificate.make();
            try (var host =
                            NettyHost.builder()
                                    .host("127.0.0.1")
                                    .endpoint(new Echo())
                                    .tls(made.certificate(), made.key())
                                    .listen();
                    var client =
                            new RawClient(made.client().createSocket("127.0.0.1", host.port()))) {
                client.send("GET /echo/tls HTTP/1.1\r\nHost: x\r\n\r\n");
                System.out.println(client.answer());
            }
        }
    }

    @Test
    void servesTlsAndSaysHowItBecomesFaster(@TempDir Path dir) throws Exception {
        var log = dir.resolve("output");
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                withoutOptionalJars(),
                                Program.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(log))
                    .contains("GET /echo/tls ")
                    .contains(
                            "TLS runs on the JDK. For faster TLS, add"
                                    + " io.netty:netty-tcnative-boringssl-static to the class path");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String withoutOptionalJars() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(jar -> !jar.contains("tcnative") && !jar.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
