import io.natter.host.Cors;
import io.natter.netty.NettyHost;
import io.natter.websocket.WebSocketServer;
import io.natter.websocket.WebSocketServerOptions;
import io.natter.websocket.WebSocketSession;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

// No Socket.IO at all: a chat over bare WebSockets, on an HTTP server that is there already.
// The messages are JSON, {type, ...}, since a WebSocket has no events.

record Incoming(String type, String name, String to, String text) {}

final Path page = Path.of("PlainWebSocket.html");
final int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "1337"));
final JsonMapper json = new JsonMapper();

void main() {
    var wss = WebSocketServer.create(WebSocketServerOptions.builder()
            .cors(Cors.origins("http://localhost:" + port, "http://127.0.0.1:" + port)) // others get a 403
            .subprotocols("echo-protocol")
            .build());

    wss.onConnection(socket -> {
        tellPeople(wss);

        socket.onMessage(line -> {
            var message = json.readValue(line, Incoming.class);
            switch (message.type()) {
                case "join" -> {
                    socket.data().put("name", message.name());
                    tellAll(wss, message.name() + " has joined the chat");
                    tellPeople(wss);
                }
                case "message" -> {
                    if (message.to() == null) { // to all
                        wss.broadcast(line("message", "name", name(socket), "text", message.text()));
                    } else { // to one
                        var whisper = line("whisper", "name", name(socket), "text", message.text());
                        wss.broadcast(whisper, other -> name(other).equals(message.to()));
                    }
                }
                default -> socket.close(1008, "unknown type");
            }
        });

        socket.onClose((_, _) -> {
            if (socket.data().containsKey("name")) {
                tellAll(wss, name(socket) + " has left the chat");
            }
            tellPeople(wss);
        });
    });

    var server = HttpServer.create()
            .port(port)
            .doOnChannelInit((_, channel, _) -> NettyHost.attach(channel.pipeline(), wss))
            .route(app -> app.get("/", (_, response) -> response
                    .header("Content-Type", "text/html; charset=utf-8")
                    .sendFile(page)))
            .bindNow();
    IO.println("PlainWebSocket: http://localhost:" + server.port());
    server.onDispose().block();
}

void tellAll(WebSocketServer wss, String text) {
    wss.broadcast(line("notice", "text", text));
}

/// How many are connected, and the names of those who gave one.
void tellPeople(WebSocketServer wss) {
    var names = wss.clients().stream()
            .filter(socket -> socket.data().containsKey("name"))
            .map(this::name)
            .sorted()
            .toList();
    wss.broadcast(line("people", "count", wss.clients().size(), "names", names));
}

String name(WebSocketSession socket) {
    return (String) socket.data().getOrDefault("name", "somebody");
}

String line(String type, Object... keysAndValues) {
    var object = new LinkedHashMap<String, Object>(Map.of("type", type));
    for (int i = 0; i < keysAndValues.length; i += 2) {
        object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return json.writeValueAsString(object);
}
