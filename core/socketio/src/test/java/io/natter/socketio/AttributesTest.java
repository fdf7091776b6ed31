package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.engine.AllowRequest;
import io.natter.host.Attributes;
import io.natter.host.Key;
import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.payload.PayloadException;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The attributes that middleware attaches to a request and to a socket, and handlers read.
final class AttributesTest {
    record User(String name, int age) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    private static final Key<String> TENANT = Key.of("tenant", String.class);
    private static final Key<User> USER = Key.of("user", User.class);

    private final List<Object> seen = new ArrayList<>();

    @Test
    void whatEngineMiddlewareAndAllowRequestSetIsSeenByHandlers() {
        var io =
                SocketTest.server(
                        SocketIoOptions.builder()
                                .allowRequest(
                                        request -> {
                                            request.attributes().set(TENANT, "acme");
                                            return AllowRequest.allow();
                                        }));
        io.engine()
                .use(
                        (request, headers) -> {
                            var name = request.cookies().getOrDefault("user", "nobody");
                            request.attributes().set(Attributes.PRINCIPAL, new User(name, 30));
                            return null;
                        });
        io.onConnection(
                socket ->
                        seen.add(
                                Objects.requireNonNull(socket.handshake().principal()).getName()
                                        + " of "
                                        + socket.handshake().attribute(TENANT)
                                        + " "
                                        + socket.handshake().header("cookie")));
        var host = new InProcessHost(io);
        var client =
                host.webSocket(
                        "/socket.io/?EIO=4&transport=websocket", Map.of("Cookie", "user=ana"));
        host.strand().runUntil(client::isOpen, Duration.ofSeconds(30));
        client.send("40");
        assertThat(seen).containsExactly("ana of acme user=ana");
    }

    @Test
    void whatMiddlewareSetsBelongsToItsSocket() {
        var io = SocketTest.server(SocketIoOptions.builder());
        var host = new InProcessHost(io);
        io.use(socket -> socket.handshake().attributes().set(TENANT, "one"));
        io.of("/admin")
                .use(
                        socket ->
                                socket.handshake()
                                        .attributes()
                                        .set(Attributes.PRINCIPAL, new User("root", 50)));
        io.onConnection(socket -> socket.on("who", () -> seen.add(who(socket))));
        io.of("/admin").onConnection(socket -> socket.on("who", () -> seen.add(who(socket))));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("0/admin,");
        client.send("2[\"who\"]");
        client.send("2/admin,[\"who\"]");
        assertThat(seen).containsExactly("null one", "root null");
    }

    private static String who(Socket socket) {
        var principal = socket.handshake().principal();
        return (principal == null ? null : principal.getName())
                + " "
                + socket.handshake().attribute(TENANT);
    }

    @Test
    void dataHasTypedKeys() {
        var io = SocketTest.server(SocketIoOptions.builder());
        var host = new InProcessHost(io);
        Wire.Kind.WEBSOCKET.open(host).join();
        var socket = io.sockets().iterator().next();
        assertThat(socket.data(USER)).isNull();
        var ana = new User("ana", 30);
        assertThat(socket.data(USER, ana).data(USER)).isSameAs(ana);
        assertThat(socket.data()).isEqualTo(Map.of("user", ana));
        var fetched = CompletableFuture.supplyAsync(io::fetchSockets);
        host.strand().runUntil(fetched::isDone, Duration.ofSeconds(30));
        assertThat(fetched.join()).extracting(other -> other.data(USER)).containsExactly(ana);
        // As a cluster's adapter brings it from another server.
        socket.data().put("user", Map.of("name", "zoe", "age", 20));
        assertThat(socket.data(USER)).isEqualTo(new User("zoe", 20));
        socket.data().put("user", List.of());
        assertThatThrownBy(() -> socket.data(USER)).isInstanceOf(PayloadException.class);
        assertThat(socket.data(USER, null).data()).isEmpty();
    }
}
