package io.natter.conformance.chat;

import io.natter.browser.SmallDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/// The chat as a process of its own, as `bin/chat` runs it, on a free port. It can be killed and
/// started again on the same port and data.
final class ChatProcess implements AutoCloseable {
    static final String READY = "Natter is at ";
    private static final String OWN = "To own this place, open ";

    private final Path data;
    private final int port;
    private final List<String> options;
    private final UnaryOperator<List<String>> around;

    /// The process may say more while a test asks.
    private final List<String> said = new CopyOnWriteArrayList<>();

    private Process process;

    private ChatProcess(
            Path data, int port, List<String> options, UnaryOperator<List<String>> around) {
        this.data = data;
        this.port = port;
        this.options = options;
        this.around = around;
        this.process = launch();
    }

    /// Starts the chat, with options besides port and data, and returns when it says that it is
    /// ready.
    static ChatProcess start(Path data, String... options) {
        return new ChatProcess(data, freePort(), List.of(options), command -> command);
    }

    /// The same with its data on a disk that a test fills.
    static ChatProcess start(SmallDisk disk, Path data) {
        return new ChatProcess(data, freePort(), List.of(), disk::command);
    }

    long pid() {
        return process.pid();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// The lines that it has written so far, with its log.
    List<String> said() {
        return List.copyOf(said);
    }

    /// The address that makes the first owner, as the console shows it.
    String setUpAddress() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                said.stream()
                                        .filter(line -> line.startsWith(OWN))
                                        .map(line -> line.substring(OWN.length()))
                                        .findFirst()
                                        .orElse(""),
                        address -> !address.isEmpty());
    }

    /// `kill -9`: no chance to write or to say anything.
    void kill() {
        process.destroyForcibly();
        await();
    }

    /// Asks it to stop, as a service manager does, and returns its exit code.
    int stop() {
        process.destroy();
        await();
        return process.exitValue();
    }

    void startAgain() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the chat did not stop within 20 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the chat stopped", e);
        }
    }

    private Process launch() {
        var command = FastStart.command();
        command.addAll(List.of("--port", String.valueOf(port), "--data", data.toString()));
        command.addAll(options);
        try {
            var started =
                    new ProcessBuilder(around.apply(command)).redirectErrorStream(true).start();
            awaitReady(started.inputReader());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.contains(READY)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(said::add));
                return;
            }
        }
        throw new AssertionError("the chat did not start:\n" + String.join("\n", said));
    }
}
