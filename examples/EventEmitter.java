import io.natter.netty.NettyHost;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.http.server.HttpServer;

// Both sides emit events and listen for them: `message` comes in, `data` goes out to everybody.

final Path page = Path.of("EventEmitter.html");
final int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));

/// The pool of connected sockets.
final Set<Socket> pool = ConcurrentHashMap.newKeySet();

void main() {
    var io = SocketIoServer.create();

    io.onConnection(socket -> {
        pool.add(socket);
        io.emit("data", "A user has joined the chat, " + pool.size() + " here");

        socket.on("message", String.class, text -> io.emit("data", text));

        socket.onDisconnect(_ -> {
            pool.remove(socket);
            io.emit("data", "A user has left the chat, " + pool.size() + " here");
        });
    });

    var server = HttpServer.create()
            .port(port)
            .doOnChannelInit((_, channel, _) -> NettyHost.attach(channel.pipeline(), io))
            .route(app -> app.get("/", (_, response) -> response
                    .header("Content-Type", "text/html; charset=utf-8")
                    .sendFile(page)))
            .bindNow();
    IO.println("EventEmitter: http://localhost:" + server.port());
    server.onDispose().block();
}
