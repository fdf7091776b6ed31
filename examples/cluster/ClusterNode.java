import io.natter.admin.AdminMode;
import io.natter.admin.AdminUi;
import io.natter.cluster.forwarding.SessionForwarding;
import io.natter.netty.NettyHost;
import io.natter.redis.RedisAdapter;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.util.TreeMap;
import reactor.netty.http.server.HttpServer;

// One Natter server of a cluster over Redis; node.mjs is the same on Node.js, but for session forwarding. bin/cluster starts several.

final Path page = Path.of("index.html");
final String name = System.getenv().getOrDefault("NODE_NAME", "natter");
final int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
final String redisUrl = System.getenv().getOrDefault("REDIS_URL", "redis://localhost:6379");

void main() {
    var redis = RedisAdapter.connect(redisUrl);
    var io = SocketIoServer.create(SocketIoOptions.builder().adapter(redis).build());
    // The proxy needs no sticky sessions then; with them, nothing is passed on.
    SessionForwarding.attach(io, "http://127.0.0.1:" + port);

    io.onConnection(socket -> {
        socket.data().put("node", name);
        socket.on("say", String.class, text -> io.emit("said", Map.of("node", name, "text", text)));
        socket.on("who", (_, ack) -> ack.send(clientsByNode(io)));
        socket.onDisconnect(_ -> io.emit("changed"));
        socket.emit("welcome", Map.of("node", name, "platform", "Natter"));
        io.emit("changed");
    });

    // Open to everybody on this machine; elsewhere, ask for a password with basicAuth.
    var admin = AdminUi.builder().noAuth().mode(AdminMode.DEVELOPMENT).serverId(name).instrument(io);

    var server = HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .doOnChannelInit((_, channel, _) -> NettyHost.attach(channel.pipeline(), io, admin.page()))
            .route(app -> app
                    .get("/", (_, response) -> response
                            .header("Content-Type", "text/html; charset=utf-8")
                            .sendFile(page))
                    .get("/healthz", (_, response) -> response.status(redis.isConnected() ? 200 : 503)))
            .bindNow();
    IO.println(name + ": http://127.0.0.1:" + server.port());
    server.onDispose().block();
}

/// The number of clients of each server, asked of all servers.
Map<String, Integer> clientsByNode(SocketIoServer io) {
    var counts = new TreeMap<String, Integer>();
    for (var socket : io.fetchSockets()) {
        counts.merge(String.valueOf(socket.data().get("node")), 1, Integer::sum);
    }
    return counts;
}
