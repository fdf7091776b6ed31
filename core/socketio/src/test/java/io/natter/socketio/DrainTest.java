package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.AllowRequest;
import io.natter.host.HttpResponse;
import io.natter.host.inprocess.InProcessHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that come during a drain, and its end.
final class DrainTest {
    private final List<Runnable> held = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final SocketIoServer io =
            SocketIoServer.create(SocketIoOptions.builder().executor(held::add).build());
    private final InProcessHost host = new InProcessHost(io);

    private void work() {
        host.strand().run();
        while (!held.isEmpty()) {
            held.removeFirst().run();
            host.strand().run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void socketsThatJoinDuringADrainAreToldAndClosedWithTheOthers(Wire.Kind kind) {
        io.use(_ -> {});
        var client = kind.open(host);
        client.send("0"); // its middleware is still asked
        var later = kind.open(host);
        var done = io.beginDrain(Duration.ofSeconds(10)).done();
        host.strand().advanceMillis(2000);
        work();
        later.send("0");
        work();
        for (var each : List.of(client, later)) {
            var received = each.received();
            assertThat(received).hasSize(2);
            assertThat(received.get(0)).startsWith("0{\"sid\":");
            assertThat(received.get(1))
                    .isIn(
                            "2[\"server_draining\",{\"in\":3000}]",
                            "2[\"server_draining\",{\"in\":8000}]");
        }
        host.strand().advanceMillis(8000);
        assertThat(client.closed()).isTrue();
        assertThat(later.closed()).isTrue();
        work();
        assertThat(done).isDone();
    }

    @ParameterizedTest
    @EnumSource
    void isOverWhenTheHandlersOfDisconnectAre(Wire.Kind kind) {
        io.onConnection(socket -> socket.onDisconnect(reason -> seen.add(reason.toString())));
        var client = kind.open(host);
        client.send("0");
        work();
        var done = io.beginDrain(Duration.ofSeconds(1)).done();
        host.strand().advanceMillis(1000);
        assertThat(client.closed()).isTrue();
        assertThat(done).isNotDone();
        work();
        assertThat(seen).containsExactly("server shutting down");
        assertThat(done).isDone();
    }

    @Test
    void waitsForHandlersOfSocketsThatHadLeftBefore() {
        io.onConnection(socket -> socket.onDisconnect(reason -> seen.add(reason.toString())));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        work();
        client.cut();
        var done = io.beginDrain(Duration.ofSeconds(1)).done();
        host.strand().run();
        assertThat(done).isNotDone();
        work();
        assertThat(done).isDone();
    }

    @Test
    void aHandshakeWithAnEmptySidIsRefusedToo() {
        io.beginDrain(Duration.ofSeconds(1));
        assertThat(host.get("/socket.io/?EIO=4&transport=polling&sid=").status()).isEqualTo(503);
    }

    @Test
    void aHandshakeThatIsUnderWayIsRefused() {
        var decided = new CountDownLatch(1);
        var asking =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .allowRequest(
                                        _ -> {
                                            decided.await();
                                            return AllowRequest.allow();
                                        })
                                .build());
        var host = new InProcessHost(asking);
        var get = host.get("/socket.io/?EIO=4&transport=polling");
        var socket = host.webSocket("/socket.io/?EIO=4&transport=websocket");
        var done = asking.beginDrain(Duration.ofSeconds(10)).done();
        decided.countDown();
        host.strand()
                .runUntil(
                        () -> get.isAnswered() && socket.refusal() != null, Duration.ofSeconds(30));
        assertThat(get.status()).isEqualTo(503);
        assertThat(socket.refusal()).extracting(HttpResponse::status).isEqualTo(503);
        assertThat(done).isDone();
        assertThat(asking.engine().clientsCount()).isZero();
    }
}
