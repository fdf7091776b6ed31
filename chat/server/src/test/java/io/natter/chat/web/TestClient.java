package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.wire.WireJson;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;
import tools.jackson.databind.JsonNode;

/// The official Java client, with waiting for what comes.
public final class TestClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final OkHttpClient HTTP = manyAtOnce();

    private final Socket socket;
    private final ConcurrentMap<String, BlockingQueue<String>> events = new ConcurrentHashMap<>();
    private final Queue<Update> updates = new ConcurrentLinkedQueue<>();

    /// The events that change a client's state, in the order of arrival.
    public record Update(String event, String json) {
        public JsonNode node() {
            return WireJson.JSON.readTree(json);
        }
    }

    public TestClient(String address, String cookie) {
        this(address, cookie, "");
    }

    /// @param basePath the path below which the chat is
    public TestClient(String address, String cookie, String basePath) {
        this(address, basePath, Map.of("Cookie", List.of(cookie)), Map.of());
    }

    /// A bot.
    public static TestClient withToken(String address, String token) {
        return new TestClient(address, "", Map.of(), Map.of("token", token));
    }

    private TestClient(
            String address,
            String basePath,
            Map<String, List<String>> headers,
            Map<String, String> auth) {
        IO.Options options = new IO.Options();
        options.path = basePath + "/socket.io";
        options.auth = auth.isEmpty() ? null : auth;
        options.forceNew = true;
        options.reconnection = false;
        options.callFactory = HTTP;
        options.webSocketFactory = HTTP;
        options.extraHeaders = headers;
        socket = IO.socket(URI.create(address), options);
        for (String event :
                List.of(
                        "connect",
                        "connect_error",
                        "disconnect",
                        "ev",
                        "presence",
                        "typing",
                        "me.ev",
                        "person",
                        "place",
                        "session.ended",
                        "store",
                        "kept",
                        "server.closing")) {
            socket.on(
                    event,
                    arguments -> {
                        String json = arguments.length == 0 ? "null" : text(arguments[0]);
                        if (event.endsWith("ev")) {
                            updates.add(new Update(event, json));
                        }
                        queue(event).add(json);
                    });
        }
        socket.connect();
    }

    /// By default it makes five requests at a time to one server, for all clients together.
    private static OkHttpClient manyAtOnce() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(500);
        dispatcher.setMaxRequestsPerHost(500);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
    }

    private static String text(Object argument) {
        return argument instanceof JSONObject json
                ? json.toString()
                : JSONObject.quote(String.valueOf(argument));
    }

    private BlockingQueue<String> queue(String event) {
        return events.computeIfAbsent(event, _ -> new LinkedBlockingQueue<>());
    }

    /// The next event of this name.
    public JsonNode next(String event) throws InterruptedException {
        String came = queue(event).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(came).as("an event %s", event).isNotNull();
        return WireJson.JSON.readTree(came == null ? "null" : came);
    }

    /// Whether one has come and was not asked for yet.
    public boolean has(String event) {
        return !queue(event).isEmpty();
    }

    /// Every `ev` and `me.ev` that came since this was last called.
    public List<Update> updates() {
        List<Update> came = new ArrayList<>();
        for (Update next = updates.poll(); next != null; next = updates.poll()) {
            came.add(next);
        }
        return came;
    }

    /// Returns when everything that was published before has come: this write changes nothing, and
    /// is answered after earlier ones were published.
    public void settle() {
        assertThat(ask("read", "{\"room\":\"general\",\"seq\":0}").has("ok")).isTrue();
    }

    /// Asks and waits for the answer.
    public JsonNode ask(String event, String json) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try {
            socket.emit(
                    event,
                    new Object[] {new JSONObject(json)},
                    (Ack) arguments -> answer.complete(text(arguments[0])));
        } catch (JSONException e) {
            throw new IllegalArgumentException(json, e);
        }
        return WireJson.JSON.readTree(answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }

    public void tell(String event, String json) {
        try {
            socket.emit(event, new JSONObject(json));
        } catch (JSONException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public JsonNode hello() {
        return ask("hello", "{\"proto\":2,\"device\":\"test\",\"rooms\":{}}");
    }

    public JsonNode say(String cmid, String text) {
        return ask(
                "msg.send",
                "{\"room\":\"general\",\"cmid\":\"%s\",\"text\":\"%s\"}".formatted(cmid, text));
    }

    @Override
    public void close() {
        socket.close();
    }
}
