package io.natter.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `cluster-node.mjs`: a server of a cluster on the packages from npm, led by JSON lines.
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;
    private final int port;

    NodeProcess(String... words) throws IOException {
        var command = new ArrayList<>(List.of("node", "cluster-node.mjs"));
        command.addAll(List.of(words));
        process =
                new ProcessBuilder(command)
                        .directory(Path.of("clients").toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(output);
        port = Integer.parseInt(line().replace("READY ", ""));
    }

    int port() {
        return port;
    }

    /// Gives a command and waits for its answer. One at a time.
    JsonNode ask(String command) throws IOException {
        commands.println(command);
        return JsonMapper.shared().readTree(line());
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server on Node.js has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
