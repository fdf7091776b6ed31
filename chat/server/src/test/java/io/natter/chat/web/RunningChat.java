package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.browser.SmallDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A chat in a process of its own, on a free port.
public final class RunningChat implements AutoCloseable {
    private static final String READY = "Natter is at ";

    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningChat(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    public static RunningChat start(Path data, String... options) throws IOException {
        return start(command(data, options));
    }

    /// The same with its data on a disk that a test fills.
    public static RunningChat start(SmallDisk disk, Path data) throws IOException {
        return start(disk.command(command(data)));
    }

    private static List<String> command(Path data, String... options) {
        List<String> command = ProcessRun.java(ChatMain.class);
        command.addAll(List.of("--port", "0", "--data", data.toString()));
        command.addAll(List.of(options));
        return command;
    }

    private static RunningChat start(List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = out.readLine();
        }
        assertThat(line).as("the chat runs").isNotNull();
        return new RunningChat(process, line == null ? "" : line.substring(READY.length()));
    }

    public String address() {
        return address;
    }

    public int port() {
        return URI.create(address).getPort();
    }

    long pid() {
        return process.pid();
    }

    /// A guest who has said hello.
    public TestClient greeted(String name) throws IOException, InterruptedException {
        TestClient client = new TestClient(address, guest(name));
        client.hello();
        return client;
    }

    /// Signs a guest in, and returns the cookie.
    public String guest(String name) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/api/session"))
                        .header("Content-Type", "application/json")
                        .header("X-Natter", "1")
                        .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ServerTest.cookie(answer);
    }

    /// `kill -9`.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        http.close();
    }
}
