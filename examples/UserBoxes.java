import io.natter.netty.NettyHost;
import io.natter.socketio.SocketIoServer;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

// A box on the page for every user: it appears when they come and goes when they leave.

record NewUser(String name) {}

final Path page = Path.of("UserBoxes.html");
final int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8000"));

/// Names by the id of their socket.
final Map<String, String> users = new ConcurrentHashMap<>();

void main() {
    var io = SocketIoServer.create();

    io.onConnection(socket -> {
        socket.on("got_a_new_user", NewUser.class, user -> {
            var newcomer = Map.of("id", socket.id(), "new_user_name", user.name());
            socket.broadcast().emit("new_user", newcomer);
            users.put(socket.id(), user.name());
            socket.emit("existing_users", users);
        });

        socket.onDisconnect(_ -> {
            var name = users.remove(socket.id());
            if (name != null) {
                io.emit("disconnect_user", Map.of("id", socket.id(), "name", name));
            }
        });
    });

    var server = HttpServer.create()
            .port(port)
            .doOnChannelInit((_, channel, _) -> NettyHost.attach(channel.pipeline(), io))
            .route(app -> app.get("/", (_, response) -> response
                    .header("Content-Type", "text/html; charset=utf-8")
                    .sendString(Mono.fromCallable(this::render))))
            .bindNow();
    IO.println("UserBoxes: http://localhost:" + server.port());
    server.onDispose().block();
}

/// The page as the server fills it in, as `res.render` did with EJS.
String render() throws IOException {
    return Files.readString(page).replace("<%= users %>", Integer.toString(users.size()));
}
