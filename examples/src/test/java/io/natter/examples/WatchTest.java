package io.natter.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/example --watch` itself, on a copy of an example that the test edits.
class WatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PROJECT = Path.of("..");

    // JUnit fills both before each test.
    @SuppressWarnings("NullAway.Init")
    @TempDir
    private Path house;

    @SuppressWarnings("NullAway.Init")
    private Path source;

    /// The command takes the folder above its own for the project's: here one with nothing but the
    /// command, the example, and the class path of what is built already.
    @BeforeEach
    void copyTheExample() throws IOException {
        Files.createDirectories(house.resolve("bin/lib"));
        Files.createDirectories(house.resolve("examples/target"));
        for (var file :
                List.of(
                        "bin/example",
                        "bin/lib/env.sh",
                        "examples/UserBoxes.java",
                        "examples/UserBoxes.html",
                        "examples/target/classpath")) {
            Files.copy(PROJECT.resolve(file), house.resolve(file));
        }
        source = house.resolve("examples/UserBoxes.java");
    }

    @Test
    void startsAgainWhenTheProgramChangesAndStopsWithItsProgram() throws Exception {
        int port = Program.freePort();
        try (var watch = watch(port)) {
            watch.awaitPort(port);
            assertThat(page(port)).doesNotContain("as edited");

            edit("readString(page)", "readString(page).concat(\"as edited\")");
            await().atMost(PATIENCE).until(() -> page(port).contains("as edited"));
            assertThat(watch.output()).contains("UserBoxes has changed: starting it again");
        }
        await().atMost(PATIENCE).until(() -> !listens(port));
    }

    @Test
    void waitsForTheNextChangeWhereTheProgramDoesNotCompile() throws Exception {
        int port = Program.freePort();
        try (var watch = watch(port)) {
            watch.awaitPort(port);
            edit("void main()", "void main(");
            await().atMost(PATIENCE).until(() -> watch.output().contains("error:"));
            assertThat(listens(port)).isFalse();

            edit("void main(", "void main()");
            watch.awaitPort(port);
        }
    }

    @Test
    void startsAgainWhenThePageChanges() throws Exception {
        int port = Program.freePort();
        try (var watch = watch(port)) {
            watch.awaitPort(port);
            Files.writeString(source.resolveSibling("UserBoxes.html"), "another page");
            await().atMost(PATIENCE).until(() -> watch.output().contains("starting it again"));
            await().atMost(PATIENCE).until(() -> page(port).equals("another page"));
        }
    }

    private Program watch(int port) throws IOException {
        var command =
                List.of(
                        house.resolve("bin/example").toString(),
                        "UserBoxes",
                        "--watch",
                        "--port",
                        Integer.toString(port));
        return Program.start(
                "watch", command, Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    private void edit(String from, String to) throws IOException {
        var before = Files.readString(source);
        assertThat(before).contains(from);
        Files.writeString(source, before.replace(from, to));
    }

    /// The page that is served, empty while the program starts again.
    private static String page(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException _) {
            return "";
        }
    }

    private static boolean listens(int port) throws IOException {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }
}
