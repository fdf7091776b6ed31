package com.example.checks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A client on Node.js, with the official `socket.io-client`: one case of `run.mjs`.
public final class Client implements AutoCloseable {
    private static final Path FOLDER = Path.of("..", "checks", "clients");

    private final Process process;
    private final BufferedReader output;

    private Client(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Starts a case.
    public static Client start(String name, String url) throws IOException {
        return new Client(
                new ProcessBuilder("node", "run.mjs", name, url)
                        .directory(FOLDER.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /// Runs a case to its end, and returns what it saw as JSON.
    public static String run(String name, String url) throws Exception {
        try (var client = start(name, url)) {
            return client.line();
        }
    }

    /// The next line that the client prints.
    public String line() throws IOException {
        var line = output.readLine();
        if (line == null) {
            throw new IOException("the client has ended without a word");
        }
        return line;
    }

    /// Lets a client that stays go.
    public void release() throws IOException {
        process.getOutputStream().close();
    }

    @Override
    public void close() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
