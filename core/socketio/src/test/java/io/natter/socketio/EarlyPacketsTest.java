package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Packets right behind CONNECT, before its answer. A client need not wait here; Node.js closes the
/// connection of one that does not.
final class EarlyPacketsTest {
    private final List<Runnable> held = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final SocketIoServer io =
            SocketIoServer.create(
                    SocketIoOptions.builder().executor(held::add).maxWaitingEvents(3).build());
    private final InProcessHost host = new InProcessHost(io);

    /// Middlewares and handlers, as far as they have come.
    private void work() {
        while (!held.isEmpty()) {
            held.removeFirst().run();
            host.strand().run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitForTheAnswerAndForTheConnectionHandlers(Wire.Kind kind) {
        io.use(_ -> seen.add("middleware"));
        io.onConnection(
                socket -> {
                    seen.add("connection");
                    socket.on("text", String.class, (text, ack) -> ack.send(text));
                    socket.on("bytes", byte[].class, (bytes, ack) -> ack.send(bytes.length));
                });
        var client = kind.open(host);
        client.send("0{\"token\":\"t\"}");
        client.send("20[\"text\",\"hi\"]");
        client.send("51-1[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
        client.send(Wire.bytes(1, 2));
        assertThat(client.received()).isEmpty();
        work();
        assertThat(seen).containsExactly("middleware", "connection");
        var received = client.received();
        assertThat(received.getFirst()).startsWith("0{\"sid\":");
        assertThat(received.subList(1, received.size())).containsExactly("30[\"hi\"]", "31[2]");
    }

    @Test
    void mayComeInTheBodyOfTheConnect() {
        io.onConnection(socket -> socket.on("e", (_, ack) -> ack.send("a")));
        String target = "/socket.io/?EIO=4&transport=polling";
        target += "&sid=" + Wire.sidOf(host.get(target).text());
        assertThat(host.post(target, "40\u001e420[\"e\"]").text()).isEqualTo("ok");
        work();
        assertThat(host.get(target).text())
                .matches("40\\{\"sid\":\"[\\w-]{20}\"}\u001e430\\[\"a\"]");
    }

    @ParameterizedTest
    @EnumSource
    void aDisconnectIsHeardWhenTheSocketIsIn(Wire.Kind kind) {
        io.use(_ -> {});
        io.onConnection(socket -> socket.onDisconnect(reason -> seen.add(reason.toString())));
        var client = kind.open(host);
        client.send("0");
        client.send("1");
        work();
        assertThat(client.received()).singleElement().asString().startsWith("0{\"sid\":");
        assertThat(seen).containsExactly("client namespace disconnect");
        assertThat(client.closed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void goWithARefusalAndTheConnectionStays(Wire.Kind kind) {
        io.use(
                _ -> {
                    throw new ConnectException("no");
                });
        io.onConnection(_ -> seen.add("connection"));
        var client = kind.open(host);
        client.send("0");
        client.send("20[\"text\",\"hi\"]");
        work();
        assertThat(client.received()).containsExactly("4{\"message\":\"no\"}");
        assertThat(client.closed()).isFalse();
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void areBounded(Wire.Kind kind) {
        io.use(_ -> {});
        var client = kind.open(host);
        client.send("0");
        for (int i = 0; i < 3; i++) {
            client.send("2[\"e\"]");
        }
        assertThat(client.closed()).isFalse();
        client.send("2[\"e\"]");
        assertThat(client.closed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondConnectMeanwhileClosesTheConnection(Wire.Kind kind) {
        io.use(_ -> {});
        var client = kind.open(host);
        client.send("0");
        client.send("0");
        assertThat(client.closed()).isTrue();
        work();
        assertThat(io.sockets()).isEmpty();
    }
}
