package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Well-formed credentials that the JSON library refuses, and what else comes with a handshake.
final class CredentialsTest {
    private static final List<String> ODD =
            List.of(
                    "{\"a\":" + "1".repeat(1001) + "}",
                    "{\"" + "k".repeat(60_000) + "\":1}",
                    "{\"\\ud800\":1}",
                    "{\"pid\":\"\\ud800\",\"offset\":\"\\ud800\"}",
                    "{\"pid\":\"" + "x".repeat(100_000) + "\",\"offset\":\"y\"}",
                    "{\"pid\":{},\"offset\":[1e999999999]}");

    private final List<Object> seen = new ArrayList<>();

    private static SocketIoServer recovering() {
        return SocketTest.server(
                SocketIoOptions.builder().connectionStateRecovery(ConnectionStateRecovery.DEFAULT));
    }

    @ParameterizedTest
    @EnumSource
    void oddCredentialsJoinWhereRecoveryIsOn(Wire.Kind kind) {
        for (String auth : ODD) {
            var io = recovering();
            io.onError(seen::add);
            var client = kind.open(new InProcessHost(io));
            client.send("0" + auth);
            assertThat(client.received()).singleElement().asString().startsWith("0{\"sid\":");
            assertThat(client.closed()).isFalse();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aPostOfOddCredentialsIsAnswered() {
        for (String auth : ODD) {
            var host = new InProcessHost(recovering());
            String target = "/socket.io/?EIO=4&transport=polling";
            target += "&sid=" + Wire.sidOf(host.get(target).text());
            assertThat(host.post(target, "40" + auth).text()).isEqualTo("ok");
            assertThat(host.get(target).text()).startsWith("40{\"sid\":");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMiddlewareThatCannotReadThemRefusesWithBadPayload(Wire.Kind kind) {
        var io = SocketTest.server(SocketIoOptions.builder());
        io.onError(error -> seen.add(error.kind()));
        io.use(socket -> seen.add(socket.handshake().auth()));
        var client = kind.open(new InProcessHost(io));
        client.send("0" + ODD.getFirst());
        assertThat(client.received()).containsExactly("4{\"message\":\"bad payload\"}");
        assertThat(client.closed()).isFalse();
        assertThat(seen).containsExactly(HandlerError.Kind.PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anEventWithTheSameIsAnsweredWithBadPayload(int odd) {
        var io = SocketTest.server(SocketIoOptions.builder());
        io.onConnection(socket -> socket.on("e", Map.class, m -> seen.add(m)));
        io.onError(error -> seen.add(error.kind()));
        var client = Wire.Kind.WEBSOCKET.open(new InProcessHost(io)).join();
        client.send("21[\"e\"," + ODD.get(odd) + "]");
        assertThat(client.received()).containsExactly("31[{\"error\":\"bad payload\"}]");
        assertThat(seen).containsExactly(HandlerError.Kind.PAYLOAD);
    }

    @Test
    void fetchSocketsFindsAllWhereTheCredentialsOfOneCannotBeRead() throws Exception {
        var io = SocketTest.server(SocketIoOptions.builder());
        var host = new InProcessHost(io);
        Wire.Kind.WEBSOCKET.open(host).send("0" + ODD.getFirst());
        Wire.Kind.WEBSOCKET.open(host).send("0{\"name\":\"Ann\"}");
        var found = io.of("/").adapter().fetchSockets(BroadcastOptions.ALL).thenApply(List::copyOf);
        host.strand().run();
        assertThat(found.get())
                .extracting(state -> state.handshake().get("auth"))
                .containsExactlyInAnyOrder(Map.of(), Map.of("name", "Ann"));
    }

    @Test
    void theQueryIsReadAsUrlSearchParamsDoes() {
        var io = SocketTest.server(SocketIoOptions.builder());
        io.onConnection(socket -> seen.add(socket.handshake().query().get("t")));
        var host = new InProcessHost(io);
        Wire.Kind.WEBSOCKET.open(host, "&t=50%+a%2Bb").join();
        Wire.Kind.WEBSOCKET.open(host, "&t=1&t=%zz%41&u").join();
        Wire.Kind.WEBSOCKET.open(host, "&t").join();
        assertThat(seen).containsExactly("50% a+b", "%zzA", "");
    }

    @Test
    void socketIo2ReadsItsQueryInTheSameWay() {
        var io = SocketTest.server(SocketIoOptions.builder().allowEio3(true));
        io.of("/a").onConnection(socket -> seen.add(socket.handshake().auth().get("t")));
        var client = new InProcessHost(io).webSocket("/socket.io/?EIO=3&transport=websocket");
        client.send("40/a?t=50%+a%2Bb,");
        assertThat(seen).containsExactly("50% a+b");
    }

    @ParameterizedTest
    @CsvSource({
        "::1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "::ffff:10.1.2.3, 10.1.2.3",
        "127.0.0.1, 127.0.0.1"
    })
    void theAddressIsInItsCanonicalForm(String given, String canonical) {
        var io = SocketTest.server(SocketIoOptions.builder());
        io.onConnection(socket -> seen.add(socket.handshake().address()));
        var host = new InProcessHost(io).from(given);
        Wire.Kind.WEBSOCKET.open(host).join();
        assertThat(seen).containsExactly(canonical);
    }
}
