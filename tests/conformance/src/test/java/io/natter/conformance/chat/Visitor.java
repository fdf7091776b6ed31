package io.natter.conformance.chat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// Somebody who talks to the chat without a browser: signs in over HTTP, then speaks the chat's
/// events through the official Java client.
final class Visitor implements AutoCloseable {
    private final Socket socket;

    private Visitor(Socket socket) {
        this.socket = socket;
    }

    /// Signs in under `name` and connects; the client reconnects by itself from then on.
    static Visitor signIn(URI server, String name) throws IOException, InterruptedException {
        return as(server, session(server, name));
    }

    /// Connects with the session of a browser.
    ///
    /// @param cookie name and value
    static Visitor as(URI server, String cookie) {
        var options = new IO.Options();
        options.forceNew = true;
        options.reconnectionDelay = 20;
        options.reconnectionDelayMax = 100;
        options.extraHeaders = Map.of("Cookie", List.of(cookie));
        var socket = IO.socket(server, options);
        socket.connect();
        return new Visitor(socket);
    }

    private static String session(URI server, String name)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(server.resolve("/api/session"))
                            .header("Content-Type", "application/json")
                            .header("X-Natter", "1")
                            .POST(BodyPublishers.ofString(json("name", name).toString()))
                            .build();
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.statusCode() + " " + answer.body());
            }
            return answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        }
    }

    static JSONObject json(Object... keysAndValues) {
        var object = new JSONObject();
        try {
            for (int i = 0; i < keysAndValues.length; i += 2) {
                object.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
        } catch (JSONException e) {
            throw new IllegalArgumentException(e);
        }
        return object;
    }

    Socket socket() {
        return socket;
    }

    /// Emits and waits for the answer, or null where none came within a second.
    @Nullable JSONObject ask(String event, JSONObject argument) throws InterruptedException {
        var answer = new CompletableFuture<JSONObject>();
        socket.emit(
                event,
                new Object[] {argument},
                (Ack) args -> answer.complete((JSONObject) args[0]));
        try {
            return answer.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
