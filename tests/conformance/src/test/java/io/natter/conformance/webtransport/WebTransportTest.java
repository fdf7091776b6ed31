package io.natter.conformance.webtransport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.PlaywrightException;
import io.natter.engine.ConnectionError;
import io.natter.engine.TransportName;
import io.natter.socketio.ConnectionStateRecovery;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/// The client of Socket.IO in Chromium over WebTransport.
class WebTransportTest extends WebTransportCase {
    private static final String JOIN = "() => join({ transports: ['webtransport'] })";

    private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> reasons = new LinkedBlockingQueue<>();

    private void start(SocketIoOptions options) {
        serve(options);
        io.onConnection(
                socket -> {
                    socket.on("echo", (args, ack) -> ack.send(args.get(0)));
                    socket.onDisconnect(reason -> reasons.add(reason.toString()));
                    sockets.add(socket);
                });
    }

    private Socket joined() throws InterruptedException {
        return Objects.requireNonNull(sockets.poll(30, SECONDS), "nobody joined");
    }

    private TransportName transport() {
        return io.engine().sessions().iterator().next().transport();
    }

    @Test
    void aClientUpgradesFromPolling() throws Exception {
        start(options().build());
        var page = page();
        page.evaluate("() => join()");
        assertThat(page.evaluate("() => onTransport('webtransport')")).isEqualTo("webtransport");
        await().until(() -> transport() == TransportName.WEBTRANSPORT);
        assertThat(io.engine().metrics().upgrades()).isEqualTo(1);
        assertThat(page.evaluate("() => socket.emitWithAck('echo', 'grüße')")).isEqualTo("grüße");
    }

    @Test
    void textAndBytesOfAnySizeGoBothWays() throws Exception {
        start(options().build());
        var page = page();
        page.evaluate(JOIN);
        assertThat(transport()).isEqualTo(TransportName.WEBTRANSPORT);
        for (int size : List.of(1, 100, 110, 130, 60_000, 70_000, 900_000)) {
            var echo =
                    """
                    async (size) => {
                      const text = 'x'.repeat(size);
                      const bytes = new Uint8Array(size).fill(7);
                      const [t, b] = [await socket.emitWithAck('echo', text),
                                      new Uint8Array(await socket.emitWithAck('echo', bytes))];
                      return t === text && b.length === size && b.every((each) => each === 7);
                    }
                    """;
            assertThat(page.evaluate(echo, size)).as("size " + size).isEqualTo(true);
        }
        assertThat(webTransport.metrics().webSocketsOpen()).isEqualTo(1);
        assertThat(webTransport.metrics().bytesIn()).isGreaterThan(2_000_000);
    }

    @Test
    void broadcastsReachEveryTransport() throws Exception {
        start(options().build());
        var page = page();
        for (var transport : List.of("polling", "websocket", "webtransport")) {
            page.evaluate(
                    """
                    async (transport) => {
                      await join({ transports: [transport], upgrade: false });
                      (window.heard ??= []).push(new Promise((resolve) => socket.on('news', resolve)));
                    }
                    """,
                    transport);
        }
        await().until(() -> io.sockets().size() == 3);
        io.emit("news", 42);
        assertThat(page.evaluate("() => Promise.all(heard)")).isEqualTo(List.of(42, 42, 42));
    }

    @Test
    void eachSideCanClose() throws Exception {
        start(options().build());
        var page = page();
        page.evaluate(JOIN);
        page.evaluate("() => { socket.disconnect(); }");
        assertThat(reasons.poll(30, SECONDS)).isEqualTo("client namespace disconnect");
        await().until(() -> io.engine().clientsCount() == 0);
        joined();
        page.evaluate(JOIN);
        page.evaluate(
                "() => { window.end = new Promise((resolve) => socket.on('disconnect', resolve)); }");
        joined().disconnect(true);
        assertThat(page.evaluate("() => end")).isEqualTo("io server disconnect");
        await().until(() -> webTransport.metrics().webSocketsOpen() == 0);
    }

    @Test
    void aPageThatIsClosedIsNoticed() throws Exception {
        start(options().build());
        var page = page();
        page.evaluate(JOIN);
        page.close();
        assertThat(reasons.poll(30, SECONDS)).isEqualTo("transport close");
    }

    @Test
    void aBrokenConnectionIsRecovered() throws Exception {
        start(options().connectionStateRecovery(ConnectionStateRecovery.DEFAULT).build());
        var page = page();
        var id = page.evaluate("() => join({ transports: ['webtransport'], reconnection: true })");
        joined().emit("offset", 1);
        var recovered =
                page.evaluate(
                        """
                        async () => {
                          await socket.emitWithAck('echo', 1);
                          const back = new Promise((resolve) => socket.once('connect', resolve));
                          socket.io.engine.close();
                          await back;
                          return [socket.recovered, socket.id];
                        }
                        """);
        assertThat(recovered).isEqualTo(List.of(true, id));
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws Exception {
        start(options().build());
        var other = SocketIoServer.create();
        try (var origin = listen(other)) {
            var page = page(origin);
            assertThatThrownBy(() -> page.evaluate(JOIN))
                    .isInstanceOf(PlaywrightException.class)
                    .hasMessageContaining("webtransport error");
        }
        assertThat(io.engine().metrics().refusals(ConnectionError.Code.FORBIDDEN)).isEqualTo(1);
        assertThat(io.engine().metrics().handshakes()).isZero();
    }

    @Test
    void itIsOffByDefault() throws Exception {
        start(SocketIoOptions.builder().build());
        var page = page();
        assertThat(page.evaluate("() => raw().then(() => 'open', () => 'refused')"))
                .isEqualTo("refused");
        page.evaluate("() => join()");
        assertThat(page.evaluate("() => onTransport('websocket')")).isEqualTo("websocket");
    }
}
