package io.natter.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.natter.browser.TestProvider;
import io.natter.chat.web.CommandRun;
import io.natter.chat.web.RunningChat;
import io.natter.chat.web.TestClient;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `doctor`, with a chat in a process of its own.
class DoctorTest {
    @TempDir Path directory;

    private CommandRun doctor(Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "doctor";
        all[1] = "--data";
        all[2] = directory;
        System.arraycopy(words, 0, all, 3, words.length);
        return CommandRun.of(all);
    }

    @Test
    void aChatInGoodHealthHasNoFaults() throws Exception {
        try (RunningChat chat = RunningChat.start(directory)) {
            CommandRun run =
                    doctor("--port", chat.port(), "--origin", "http://localhost:" + chat.port());
            assertThat(run.out())
                    .contains(
                            "ok    A chat runs on",
                            "ok    The database is sound: 0 messages of 0 people in 1 room.",
                            "ok    The clock is not behind",
                            "ok    The chat at http://127.0.0.1:%d is ready."
                                    .formatted(chat.port()),
                            "leads to the chat.",
                            "WebSockets reach the chat by http://localhost",
                            "Nothing is broken.");
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void theProviderIsAskedAndAWrongIssuerIsAFault() throws Exception {
        try (TestProvider provider = TestProvider.start(InstantSource.system());
                RunningChat chat = RunningChat.start(directory)) {
            String issuer = provider.issuer();
            assertThat(doctor("--port", chat.port(), "--oidc-issuer", issuer).out())
                    .contains("ok    The OpenID Connect provider %s answers.".formatted(issuer))
                    .contains("Nothing is broken.");
            CommandRun other = doctor("--port", chat.port(), "--oidc-issuer", issuer + "/");
            assertThat(other.out())
                    .contains("FAULT The provider calls itself %s, and not".formatted(issuer))
                    .contains("Check --oidc-issuer");
            provider.trouble(TestProvider.Trouble.AWAY);
            assertThat(doctor("--port", chat.port(), "--oidc-issuer", issuer).out())
                    .contains("FAULT " + issuer + "/.well-known/openid-configuration answers 503.");
            assertThat(doctor("--port", chat.port(), "--oidc-issuer", "no address").out())
                    .contains("FAULT no address is no address.");
        }
    }

    @Test
    void anAddressThatTheChatDoesNotKnowIsAFaultWithTheRemedy() throws Exception {
        try (RunningChat chat = RunningChat.start(directory)) {
            String origin = "http://127.0.0.2:" + chat.port();
            CommandRun run = doctor("--port", chat.port() + 1, "--origin", origin);
            assertThat(run.out()).contains("FAULT The chat does not answer at http://127.0.0.1:");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    /// A proxy that passes requests, but not the upgrade.
    @Test
    void aProxyWithoutUpgradeIsAFault() throws Exception {
        HttpServer proxy =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext(
                "/",
                exchange -> {
                    boolean ready = exchange.getRequestURI().getPath().equals("/readyz");
                    byte[] body = "ready\n".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(ready ? 200 : 400, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        proxy.start();
        try (RunningChat chat = RunningChat.start(directory)) {
            String origin = "http://127.0.0.1:" + proxy.getAddress().getPort();
            CommandRun run = doctor("--port", chat.port(), "--origin", origin);
            assertThat(run.out())
                    .contains(
                            "FAULT WebSockets do not reach the chat by " + origin + " (400).",
                            "Let the proxy pass Upgrade and Connection",
                            "1 thing is broken.");
            assertThat(run.code()).isEqualTo(1);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void aStoppedChatIsAWarningAndWideRightsToo() throws Exception {
        RunningChat.start(directory).close();
        Files.setPosixFilePermissions(
                directory.resolve("natter.db"), PosixFilePermissions.fromString("rw-r--r--"));
        CommandRun run = doctor();
        assertThat(run.out())
                .contains("warn  No chat runs on", "Other users of this machine may look into");
        assertThat(run.code()).isZero();
    }

    @Test
    void aClockThatIsBehindAndADamagedDatabaseAreFaults() throws Exception {
        try (RunningChat chat = RunningChat.start(directory);
                TestClient ann = chat.greeted("Ann")) {
            assertThat(ann.say("c1", "hello").has("ok")).isTrue();
        }
        Path file = directory.resolve("natter.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE message SET ts = ts + 3600000");
        }
        CommandRun behind = doctor();
        assertThat(behind.out()).contains("FAULT The newest message is from", "Set the clock");
        assertThat(behind.code()).isEqualTo(1);
        try (RandomAccessFile database = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 8192; at < database.length(); at += 4096) {
                database.seek(at);
                database.write(new byte[64]);
            }
        }
        CommandRun damaged = doctor();
        assertThat(damaged.out()).contains("FAULT", "restore a backup");
        assertThat(damaged.code()).isEqualTo(1);
    }

    @Test
    void aFolderWithoutADatabaseIsAFault() {
        assertThat(doctor().out()).contains("FAULT There is no database in");
    }
}
