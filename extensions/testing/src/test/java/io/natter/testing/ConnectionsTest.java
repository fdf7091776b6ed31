package io.natter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.natter.engine.AllowRequest;
import io.natter.socketio.ConnectException;
import io.natter.socketio.ConnectionStateRecovery;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The way of a test's client into a namespace, its rooms, and its end.
class ConnectionsTest {
    private final SocketIoServer io =
            SocketIoServer.create(
                    SocketIoOptions.builder()
                            .allowEio3(true)
                            .maxDynamicNamespaces(1)
                            .connectionStateRecovery(ConnectionStateRecovery.DEFAULT)
                            .build());
    private final TestServer server = TestServer.start(io);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aClientBringsCredentialsHeadersQueryUserAndAddress() {
        var ada =
                server.client()
                        .namespace("/admin")
                        .auth(Map.of("token", "t"))
                        .header("Cookie", "a=1")
                        .query("v", "a b")
                        .principal(() -> "ada")
                        .address("10.1.2.3");
        assertThatThrownBy(ada::connect)
                .isInstanceOf(ConnectRefusedException.class)
                .hasMessage("Invalid namespace");
        io.of("/admin");
        var handshake = ada.connect().socket().handshake();
        assertThat(handshake.auth()).containsExactly(entry("token", "t"));
        assertThat(handshake.headers()).containsEntry("cookie", "a=1");
        assertThat(handshake.query()).containsEntry("v", "a b");
        assertThat(handshake.address()).isEqualTo("10.1.2.3");
        assertThat(handshake.principal()).extracting(Principal::getName).isEqualTo("ada");
    }

    @Test
    void aServerMayAskTheApplicationBeforeItAnswersTheHandshake() {
        var asking =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .allowRequest(
                                        request ->
                                                "t".equals(request.query().get("token"))
                                                        ? AllowRequest.allow()
                                                        : AllowRequest.deny("no token"))
                                .build());
        try (var other = TestServer.start(asking)) {
            assertThat(other.client().query("token", "t").connect().connected()).isTrue();
            assertThatThrownBy(other::connect)
                    .isInstanceOf(ConnectRefusedException.class)
                    .hasMessage("400 no token");
        }
    }

    @Test
    void aRefusedClientGetsMessageAndData() {
        io.use(
                socket -> {
                    throw new ConnectException("not you", Map.of("code", 7));
                });
        assertThatThrownBy(server::connect)
                .isInstanceOf(ConnectRefusedException.class)
                .hasMessage("not you")
                .extracting(e -> ((ConnectRefusedException) e).data())
                .isEqualTo(Map.of("code", 7));
    }

    @Test
    void aForeignOriginIsRefused() {
        assertThatThrownBy(() -> server.client().header("Origin", "http://evil.example").connect())
                .isInstanceOf(ConnectRefusedException.class)
                .hasMessageStartingWith("400 ");
    }

    @Test
    void aClientOfSocketIo2Connects() {
        io.of("/admin")
                .onConnection(socket -> socket.on("echo", byte[].class, (b, ack) -> ack.send(b)));
        var main = server.client().protocol(3).connect();
        var admin = server.client().protocol(3).namespace("/admin").connect();
        assertThat(admin.id()).startsWith("/admin#");
        assertThat(admin.call("echo", byte[].class, new byte[] {5})).containsExactly(5);
        server.advance(Duration.ofMinutes(10));
        assertThat(main.connected()).isTrue();
        main.stopHeartbeat();
        server.advance(Duration.ofMinutes(1));
        assertThat(main.awaitServerDisconnect()).isEqualTo(DisconnectReason.PING_TIMEOUT);
    }

    @Test
    void connectAwaitsTheHandlersOfTheConnection() {
        var tested = new AtomicBoolean();
        io.onConnection(
                socket -> {
                    for (int i = 0; i < 1_000_000 && !tested.get(); i++) {
                        Thread.onSpinWait(); // gives the test time to be too early
                    }
                    socket.join("lobby", "news");
                });
        var zoe = server.connect();
        io.to("lobby").emit("hello", 1);
        tested.set(true);
        assertThat(zoe.await("hello", Integer.class)).isEqualTo(1);
        assertThat(zoe.rooms()).containsExactly("lobby", "news");
    }

    @Test
    void connectDoesNotAwaitAHandlerThatAsksTheClient() {
        io.onConnection(socket -> socket.join(socket.call("room", 0, String.class)));
        var zoe = server.connect();
        zoe.await("room").acknowledge("lobby");
        assertThat(zoe.rooms()).containsExactly("lobby");
    }

    @Test
    void connectLeavesABlockedHandlerAloneIfTold() {
        var pair = new CountDownLatch(2);
        io.onConnection(
                socket -> {
                    pair.countDown();
                    pair.await();
                    socket.join("game");
                });
        var zoe = server.client().awaitHandlers(false).connect();
        var ada = server.connect();
        assertThat(zoe.rooms()).containsExactly("game");
        assertThat(ada.rooms()).containsExactly("game");
    }

    @Test
    void roomsAreThoseAfterTheHandlers() {
        io.onConnection(
                socket -> {
                    socket.on("join", String.class, room -> socket.join(room));
                    socket.on("leave", String.class, room -> socket.leave(room));
                });
        var zoe = server.connect();
        zoe.emit("join", "a").emit("join", "b").emit("leave", "a");
        assertThat(zoe.rooms()).containsExactly("b");
    }

    @Test
    void aDynamicNamespaceMakesRoomForOthers() {
        var created = new ArrayList<String>();
        io.onNewNamespace(each -> created.add(each.name()));
        io.of(Pattern.compile("/game-\\d+"));
        for (var name : List.of("/game-1", "/game-2", "/game-1")) {
            var zoe = server.client().namespace(name).connect();
            assertThat(zoe.socket().nsp().name()).isEqualTo(name);
            zoe.disconnect();
            zoe.awaitServerDisconnect();
        }
        assertThat(created).containsExactly("/game-1", "/game-2", "/game-1");
    }

    @Test
    void aClientThatAnswersPingsStaysConnected() {
        var zoe = server.connect();
        server.advance(Duration.ofMinutes(10));
        assertThat(zoe.connected()).isTrue();
    }

    @Test
    void aClientWithoutHeartbeatIsDisconnected() {
        var zoe = server.connect().stopHeartbeat();
        server.advance(Duration.ofSeconds(44));
        assertThat(zoe.connected()).isTrue();
        server.advance(Duration.ofSeconds(2));
        assertThat(zoe.awaitDisconnect()).isEqualTo("transport close");
        assertThat(zoe.awaitServerDisconnect()).isEqualTo(DisconnectReason.PING_TIMEOUT);
    }

    @Test
    void bothSidesHaveTheirReasonOfADisconnect() {
        io.onConnection(
                socket -> {
                    socket.on("bye", () -> socket.disconnect());
                });
        var zoe = server.connect();
        zoe.disconnect();
        assertThat(zoe.awaitDisconnect()).isEqualTo("io client disconnect");
        assertThat(zoe.awaitServerDisconnect())
                .isEqualTo(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        var ada = server.connect();
        ada.breakConnection();
        assertThat(ada.awaitDisconnect()).isEqualTo("transport close");
        assertThat(ada.awaitServerDisconnect()).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
        var bob = server.connect();
        bob.emit("bye");
        assertThat(bob.awaitDisconnect()).isEqualTo("io server disconnect");
        assertThat(bob.awaitServerDisconnect())
                .isEqualTo(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    @Test
    void awaitServerDisconnectAwaitsItsHandlers() {
        var online = new AtomicInteger();
        io.onConnection(
                socket -> {
                    online.incrementAndGet();
                    socket.onDisconnect(reason -> online.decrementAndGet());
                });
        var zoe = server.connect();
        assertThat(online).hasValue(1);
        zoe.breakConnection();
        zoe.awaitServerDisconnect();
        assertThat(online).hasValue(0);
    }

    @Test
    void aClientThatReconnectsIsRecovered() {
        io.onConnection(socket -> socket.join("lobby"));
        var zoe = server.client().auth(Map.of("token", "t")).connect();
        io.to("lobby").emit("news", 1);
        zoe.await("news");
        zoe.breakConnection();
        zoe.awaitServerDisconnect();
        io.to("lobby").emit("news", 2);
        var again = zoe.reconnect();
        assertThat(again.id()).isEqualTo(zoe.id());
        assertThat(again.socket().recovered()).isTrue();
        assertThat(again.socket().handshake().auth()).containsEntry("token", "t");
        assertThat(again.await("news", Integer.class)).isEqualTo(2);
        server.advance(Duration.ofSeconds(1));
        again.breakConnection();
        server.advance(Duration.ofMinutes(3));
        assertThat(again.reconnect().socket().recovered()).isFalse();
    }

    @Test
    void theServersPathIsUsed() {
        var elsewhere = SocketIoServer.create(SocketIoOptions.builder().path("/chat").build());
        try (var other = TestServer.start(elsewhere)) {
            assertThat(other.connect().connected()).isTrue();
        }
    }
}
