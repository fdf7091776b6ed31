package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.protocol.Parsers;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Clients that speak otherwise: Socket.IO 2 over Engine.IO 3, and MessagePack.
final class DialectTest {
    private final List<Object> seen = new ArrayList<>();

    private static InProcessWebSocket eio3(InProcessHost host) {
        return host.webSocket("/socket.io/?EIO=3&transport=websocket");
    }

    @Test
    void aSocketIo2ClientJoinsTheMainNamespaceWithoutAConnectPacket() {
        var io = SocketTest.server(SocketIoOptions.builder().allowEio3(true));
        var host = new InProcessHost(io);
        io.onConnection(
                socket -> {
                    seen.add(socket.id());
                    socket.on("e", String.class, (s, ack) -> ack.send(s));
                });
        var client = eio3(host);
        var received = client.received();
        assertThat(received).hasSize(2);
        assertThat(received.get(1)).isEqualTo("40");
        assertThat(seen).containsExactly(Wire.sidOf(received.getFirst()));
        client.send("421[\"e\",\"x\"]");
        assertThat(client.received()).containsExactly("431[\"x\"]");
    }

    @Test
    void aSocketIo2ClientBringsItsCredentialsInTheNamespace() {
        var io = SocketTest.server(SocketIoOptions.builder().allowEio3(true));
        var host = new InProcessHost(io);
        io.of("/admin")
                .use(
                        socket -> {
                            if (!socket.handshake().auth().equals(Map.of("token", "1"))) {
                                throw new ConnectException("who?");
                            }
                        })
                .onConnection(
                        socket -> {
                            seen.add(socket.id());
                            socket.on("e", () -> socket.emit("f"));
                        });
        var client = eio3(host);
        String sid = Wire.sidOf(client.received().getFirst());
        client.send("40/admin?token=2");
        client.send("40/nowhere");
        assertThat(client.received())
                .containsExactly(
                        "44/admin,\"who?\"", "44/nowhere,{\"message\":\"Invalid namespace\"}");
        client.send("40/admin?token=1");
        client.send("42/admin?token=1,[\"e\"]");
        assertThat(client.received()).containsExactly("40/admin,", "42/admin,[\"f\"]");
        assertThat(seen).containsExactly("/admin#" + sid);
    }

    @Test
    void messagePackCarriesWholePackets() {
        var io = SocketTest.server(SocketIoOptions.builder().parser(Parsers.messagePack()));
        var host = new InProcessHost(io);
        io.onConnection(
                socket ->
                        socket.on(
                                "e",
                                byte[].class,
                                bytes -> {
                                    seen.add(HexFormat.of().formatHex(bytes));
                                    socket.emit("f", bytes);
                                }));
        var client = Wire.Kind.WEBSOCKET.open(host);
        // {type:0,nsp:"/"}
        client.send(HexFormat.of().parseHex("82a47479706500a36e7370a12f"));
        assertThat(client.received()).singleElement().asString().startsWith("0x83");
        // {type:2,data:["e",<07>],nsp:"/"}
        client.send(HexFormat.of().parseHex("83a47479706502a46461746192a165c40107a36e7370a12f"));
        assertThat(seen).containsExactly("07");
        assertThat(client.received())
                .singleElement()
                .asString()
                .contains("92a166c40107"); // ["f",<07>]
    }
}
