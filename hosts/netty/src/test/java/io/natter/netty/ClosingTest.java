package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineListener;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import io.natter.host.HttpLimits;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.UpgradeExchange.Acceptance;
import io.natter.host.WebSocketConnection;
import io.natter.netty.http.HostContext;
import io.natter.netty.http.HttpConnection;
import io.natter.netty.loop.ConnectionRegistry;
import io.natter.netty.websocket.UpgradeHandoff;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A host that closes sends a close frame to every WebSocket and ends every connection, whatever
/// the peers do.
@ExtendWith(NoLeaks.class)
class ClosingTest {
    /// Closes its WebSockets as the engine does: by a task of each strand. Every other one lives on
    /// another event loop than the one that took it.
    private static final class Closer extends Echo {
        private final List<Strand> strands = new CopyOnWriteArrayList<>();
        private final List<WebSocketConnection> all = new CopyOnWriteArrayList<>();

        Closer() {
            upgrade = this::acceptSomewhere;
        }

        private void acceptSomewhere(UpgradeExchange exchange) {
            if (!strands.contains(exchange.strand())) {
                strands.add(exchange.strand());
            }
            exchange.accept(
                    strands.get(all.size() % strands.size()),
                    new Acceptance(Map.of(), null, 1_000_000, null),
                    connection -> {
                        all.add(connection);
                        return open(connection);
                    });
        }

        @Override
        public void close() {
            for (var each : all) {
                each.strand().execute(() -> each.close(1001, "the server closes"));
            }
        }
    }

    static Stream<IoTransport> transports() {
        return Stream.of(IoTransport.values()).filter(IoTransport::isAvailable);
    }

    private static void closesEveryLine(NettyHostBuilder builder, SocketFactory sockets)
            throws Exception {
        var closer = new Closer();
        var clients = new ArrayList<RawClient>();
        try (var host = builder.host("127.0.0.1").endpoint(closer).threads(2).listen()) {
            for (int i = 0; i < 20; i++) {
                var client = new RawClient(sockets.createSocket("127.0.0.1", host.port()));
                client.send(RawClient.handshake("/echo", ""));
                client.head();
                client.send(RawClient.text("hello"));
                assertThat(client.frame().text()).isEqualTo("hello");
                clients.add(client);
            }
        }
        for (var client : clients) {
            try (client) {
                var frame = client.frame();
                assertThat(frame.opcode()).isEqualTo(8);
                assertThat(frame.closeCode()).isEqualTo(1001);
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void endsTheConnectionsOfPeersThatIgnoreTheCloseFrame(IoTransport transport) throws Exception {
        closesEveryLine(NettyHost.builder().transport(transport), SocketFactory.getDefault());
    }

    @Test
    void tellsAClientInTheCloseFrameWhichRuleItBroke() throws Exception {
        var sessions = new LinkedBlockingQueue<EngineSession>();
        var engine =
                new EngineServer(
                        EngineOptions.DEFAULT,
                        session -> {
                            sessions.add(session);
                            return new Deaf();
                        });
        try (var host = NettyHost.builder().host("127.0.0.1").endpoint(engine).listen();
                var client =
                        RawClient.webSocket(host.port(), "/engine.io/?EIO=4&transport=websocket")) {
            assertThat(client.frame().text()).startsWith("0{");
            var session = sessions.take();
            session.strand().execute(() -> session.close("more than 3 events per second"));
            assertThat(client.hex(4)).isEqualTo("88 1f 03 f0");
            assertThat(new String(client.bytes(29), StandardCharsets.UTF_8))
                    .isEqualTo("more than 3 events per second");
        }
    }

    private static final class Deaf implements EngineListener {
        @Override
        public void text(byte[] buffer, int from, int to) {}

        @Override
        public void binary(byte[] data) {}

        @Override
        public void closed(CloseReason reason, String detail) {}
    }

    @Test
    void endsThemUnderTls() throws Exception {
        var pem = TestCertificate.make();
        closesEveryLine(NettyHost.builder().tls(pem.certificate(), pem.key()), pem.client());
    }

    /// Between two event loops, or out of its channel, no event loop has it that could end it.
    @Test
    void endsAConnectionThatLeavesItsChannelWhenTheHostHasClosed() throws Exception {
        var echo = new Echo();
        var lines = new ConnectionRegistry(UpgradeHandoff::isWebSocket);
        lines.close(0);
        var hosted =
                new HostContext(
                        List.of(echo),
                        _ -> {},
                        HttpLimits.DEFAULT,
                        new NettyMetrics().counters(),
                        lines);
        try (var server =
                        new OwnServer(
                                IoTransport.EPOLL,
                                1,
                                true,
                                channel ->
                                        channel.pipeline()
                                                .addLast(new HttpRequestDecoder())
                                                .addLast(
                                                        HttpConnection.NAME,
                                                        new HttpConnection(hosted)));
                var client = new RawClient(server.port())) {
            client.send(RawClient.handshake("/echo", ""));
            assertThat(client.atEnd()).isTrue();
            assertThat(echo.events.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("closed 1006 the connection broke during the handshake");
        }
    }
}
