import io.natter.host.Cors;
import io.natter.netty.NettyHost;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

// A chat whose page comes from another origin, 127.0.0.1:5500, which the CORS setting lets in.

final Path page = Path.of("SimpleChat.html");
final int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
final int pagePort = Integer.parseInt(System.getenv().getOrDefault("PAGE_PORT", "5500"));

/// Names by the id of their socket.
final Map<String, String> users = new ConcurrentHashMap<>();

void main() {
    var io = SocketIoServer.create(SocketIoOptions.builder()
            .cors(Cors.builder()
                    .origins("http://127.0.0.1:" + pagePort)
                    .methods("GET", "POST")
                    .build())
            .build());

    io.onConnection(socket -> {
        socket.on("new-user", String.class, name -> {
            users.put(socket.id(), name);
            socket.broadcast().emit("user-connected", name);
        });

        socket.on("send-chat-message", String.class, message -> {
            var name = users.get(socket.id());
            if (name != null) {
                socket.broadcast().emit("chat-message", Map.of("name", name, "message", message));
            }
        });

        socket.onDisconnect(_ -> {
            var name = users.remove(socket.id());
            if (name != null) {
                socket.broadcast().emit("user-disconnected", name);
            }
        });
    });

    NettyHost.listen(io, port);
    servePage();
}

/// The page on its own origin, as an editor's live server would serve it.
void servePage() {
    var server = HttpServer.create()
            .host("127.0.0.1")
            .port(pagePort)
            .route(app -> app.get("/", (_, response) -> response
                    .header("Content-Type", "text/html; charset=utf-8")
                    .sendString(Mono.fromCallable(this::pageForThisPort))))
            .bindNow();
    IO.println("SimpleChat: http://127.0.0.1:" + server.port() + " talks to http://localhost:" + port);
    server.onDispose().block();
}

String pageForThisPort() throws IOException {
    return Files.readString(page).replace("localhost:3000", "localhost:" + port);
}
