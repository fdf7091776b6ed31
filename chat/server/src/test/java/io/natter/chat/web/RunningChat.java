package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
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
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChatMain.class.getName(),
                                "--port",
                                "0",
                                "--data",
                                data.toString()));
        command.addAll(List.of(options));
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

    /// A guest who has said hello.
    public TestClient greeted(String name) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/api/session"))
                        .header("Content-Type", "application/json")
                        .header("X-Natter", "1")
                        .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        TestClient client = new TestClient(address, ServerTest.cookie(answer));
        client.hello();
        return client;
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
