package io.natter.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that a test started, ended by [#close].
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts an example from its source, as `bin/example` does, and waits until it listens on
    /// `port`.
    static Program example(String name, int port, Map<String, String> more) throws Exception {
        var environment = new HashMap<>(more);
        environment.put("PORT", Integer.toString(port));
        var program = start(name, java(name), environment);
        program.awaitPort(port);
        return program;
    }

    /// The command that runs an example from its source.
    static List<String> java(String name) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(Path.of("target", "classpath")),
                name + ".java");
    }

    /// Starts a command; what it prints goes to a file.
    static Program start(String name, List<String> command, Map<String, String> environment)
            throws IOException {
        var log = Path.of("target", name + ".out");
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Program(builder.start(), log);
    }

    /// A free port.
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Waits until something takes connections on `port`.
    void awaitPort(int port) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException _) {
                Thread.sleep(50);
            }
        }
        close();
        throw new IllegalStateException("nothing listens on " + port + ": " + output());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The processes that it has started and that run now.
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /// Asks the program to end. By SIGTERM and not by Ctrl-C's SIGINT, which a shell in the
    /// background ignores.
    void terminate() throws Exception {
        String pid = Long.toString(process.pid());
        new ProcessBuilder("bash", "-c", "kill -TERM " + pid).inheritIO().start().waitFor();
    }

    /// Waits for the process to end by itself.
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running");
        }
        return process.exitValue();
    }

    /// The output so far.
    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
