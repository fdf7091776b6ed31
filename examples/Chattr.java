import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.sync.RedisCommands;
import io.natter.host.Key;
import io.natter.netty.NettyHost;
import io.natter.socketio.SocketIoServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

// A chat that remembers: the last ten messages and the set of chatters live in Redis.

record Message(String name, String data) {}

final Key<String> NICKNAME = Key.of("nickname", String.class);
final Path page = Path.of("Chattr.html");
final int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
final String redisUrl = System.getenv().getOrDefault("REDIS_URL", "redis://localhost:6379");
final JsonMapper json = new JsonMapper();

void main() {
    var redis = connect();
    redis.del("chatters"); // whoever was here before the last stop is not any more
    var io = SocketIoServer.create();

    io.onConnection(socket -> {
        socket.on("join", String.class, nickname -> {
            if (socket.data(NICKNAME) != null) {
                return; // joined already
            }
            socket.data(NICKNAME, nickname);
            for (var stored : redis.lrange("messages", 0, -1).reversed()) {
                var message = json.readValue(stored, Message.class);
                socket.emit("messages", message.name() + ": " + message.data());
            }
            socket.broadcast().emit("add chatter", nickname);
            redis.smembers("chatters").forEach(name -> socket.emit("add chatter", name));
            redis.sadd("chatters", nickname);
        });

        socket.on("messages", String.class, text -> {
            var nickname = socket.data(NICKNAME);
            if (nickname != null) {
                redis.lpush("messages", json.writeValueAsString(new Message(nickname, text)));
                redis.ltrim("messages", 0, 9);
                io.emit("messages", nickname + ": " + text);
            }
        });

        socket.onDisconnect(_ -> {
            var nickname = socket.data(NICKNAME);
            if (nickname != null) {
                redis.srem("chatters", nickname);
                socket.broadcast().emit("remove chatter", nickname);
            }
        });
    });

    var server = HttpServer.create()
            .port(port)
            .doOnChannelInit((_, channel, _) -> NettyHost.attach(channel.pipeline(), io))
            .route(app -> app.get("/", (_, response) -> response
                    .header("Content-Type", "text/html; charset=utf-8")
                    .sendFile(page)))
            .bindNow();
    IO.println("Chattr: http://localhost:" + server.port());
    server.onDispose().block();
}

/// Handlers run on virtual threads, so Redis may be asked in plain, blocking calls.
RedisCommands<String, String> connect() {
    try {
        return RedisClient.create(redisUrl).connect().sync();
    } catch (RedisConnectionException _) {
        System.err.println("""
                Chattr keeps its messages in Redis, and there is none at %s.
                Start one:   redis-server
                         or  docker run --rm -p 6379:6379 redis:7
                or say where yours is:   REDIS_URL=redis://host:port bin/example Chattr
                (to install it: apt install redis-server, brew install redis)""".formatted(redisUrl));
        System.exit(1);
        throw new AssertionError();
    }
}
