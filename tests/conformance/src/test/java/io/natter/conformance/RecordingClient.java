package io.natter.conformance;

import static org.awaitility.Awaitility.await;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The official Java client over WebSocket, which keeps all events that it gets.
final class RecordingClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Event(String name, List<Object> args) {}

    private final Socket socket;
    private final List<Event> events = new ArrayList<>();

    /// Connects, and waits until it is connected.
    RecordingClient(int port, String namespace) {
        var options = new IO.Options();
        options.transports = new String[] {"websocket"};
        options.forceNew = true;
        socket = IO.socket(URI.create("http://127.0.0.1:" + port + namespace), options);
        socket.onAnyIncoming(
                args -> {
                    synchronized (events) {
                        List<Object> rest = Arrays.asList(args).subList(1, args.length);
                        events.add(new Event(String.valueOf(args[0]), rest));
                    }
                });
        socket.connect();
        await().atMost(PATIENCE).until(socket::connected);
    }

    String id() {
        return socket.id();
    }

    boolean isConnected() {
        return socket.connected();
    }

    /// The arguments of all events of that name so far, in order.
    List<List<Object>> events(String name) {
        synchronized (events) {
            return events.stream().filter(e -> e.name().equals(name)).map(Event::args).toList();
        }
    }

    /// Waits for so many events of that name; gives all of that name that have come.
    List<List<Object>> awaitEvents(String name, int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> events(name).size() >= count);
        return events(name);
    }

    @Override
    public void close() {
        socket.close();
    }
}
