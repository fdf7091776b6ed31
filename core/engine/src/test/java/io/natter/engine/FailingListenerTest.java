package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.ManualStrand;
import io.natter.protocol.EnginePacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every request is answered and the strand goes on when the code above the engine throws.
class FailingListenerTest {

    /// Throws where it is told to.
    private static final class Failing implements EngineListener {
        private final String where;
        final List<String> closed = new ArrayList<>();

        Failing(String where) {
            this.where = where;
        }

        private void at(String place) {
            if (where.equals(place)) {
                throw new StackOverflowError("on purpose");
            }
        }

        @Override
        public void text(byte[] buffer, int from, int to) {
            at("text");
        }

        @Override
        public void binary(byte[] data) {
            at("binary");
        }

        @Override
        public void upgrading() {
            at("upgrading");
        }

        @Override
        public void heartbeat() {
            at("heartbeat");
        }

        @Override
        public void upgraded() {
            at("upgraded");
        }

        @Override
        public void drained() {
            at("drained");
        }

        @Override
        public void closed(CloseReason reason, String detail) {
            closed.add(reason + ": " + detail);
            at("closed");
        }
    }

    private static final String ENDED = "forced close: the server failed: StackOverflowError in ";

    private final ManualStrand strand = new ManualStrand();

    private InProcessHost host(EngineListener listener, EngineServer[] made) {
        var options = EngineOptions.builder().pingInterval(Duration.ofMillis(300)).build();
        made[0] = new EngineServer(options, _ -> listener);
        return new InProcessHost(made[0], strand);
    }

    @ParameterizedTest
    @CsvSource({"text, 4hi", "binary, bAQID", "heartbeat, 3"})
    void overPollingThePostIsAnsweredAndTheSessionEnds(String where, String packet) {
        var listener = new Failing(where);
        var made = new EngineServer[1];
        var host = host(listener, made);
        host.get(POLLING);
        var target = POLLING + "&sid=" + made[0].sessions().iterator().next().id();
        var post = host.post(target, packet);
        assertThat(post.isAnswered()).isTrue();
        assertThat(listener.closed).containsExactly(ENDED + where);
        assertThat(made[0].clientsCount()).isZero();
        assertThat(host.get(target).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"text, 4hi", "binary, bAQID", "heartbeat, 3"})
    void overWebSocketTheConnectionIsClosedAs1011(String where, String packet) {
        var listener = new Failing(where);
        var made = new EngineServer[1];
        var host = host(listener, made);
        var socket = host.webSocket(Fixture.WEBSOCKET);
        socket.send(packet);
        assertThat(socket.closeCode()).isEqualTo(1011);
        assertThat(listener.closed).containsExactly(ENDED + where);
        assertThat(made[0].clientsCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrading", "upgraded"})
    void duringAnUpgradeTheSessionEnds(String where) {
        var listener = new Failing(where);
        var made = new EngineServer[1];
        var host = host(listener, made);
        host.get(POLLING);
        var id = made[0].sessions().iterator().next().id();
        var socket = host.webSocket(Fixture.WEBSOCKET + "&sid=" + id);
        socket.send("2probe");
        socket.send("5");
        assertThat(listener.closed).containsExactly(ENDED + where);
        assertThat(socket.isOpen()).isFalse();
        assertThat(made[0].clientsCount()).isZero();
    }

    @Test
    void drainedThatThrowsLeavesTheGetAnswered() {
        var listener = new Failing("drained");
        var made = new EngineServer[1];
        var host = host(listener, made);
        host.get(POLLING);
        var session = made[0].sessions().iterator().next();
        var get = host.get(POLLING + "&sid=" + session.id());
        session.send(Fixture.text("a"));
        strand.run();
        assertThat(get.text()).isEqualTo("4a");
        assertThat(listener.closed).containsExactly(ENDED + "drained");
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "WEBSOCKET"})
    void aListenerThatThrowsAtTheEndKeepsNoOtherSessionOpen(TransportName over) {
        var listener = new Failing("closed");
        var made = new EngineServer[1];
        var host = host(listener, made);
        for (int i = 0; i < 3; i++) {
            if (over == TransportName.POLLING) {
                host.get(POLLING);
            } else {
                host.webSocket(Fixture.WEBSOCKET);
            }
        }
        made[0].close();
        assertThat(listener.closed).hasSize(3);
        assertThat(made[0].clientsCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "WEBSOCKET"})
    void aListenerThatCannotBeMadeEndsTheSession(TransportName over) {
        var server =
                new EngineServer(
                        EngineOptions.DEFAULT,
                        _ -> {
                            throw new IllegalStateException("on purpose");
                        });
        var host = new InProcessHost(server, strand);
        if (over == TransportName.POLLING) {
            assertThat(host.get(POLLING).isAnswered()).isTrue();
        } else {
            assertThat(host.webSocket(Fixture.WEBSOCKET).isOpen()).isFalse();
        }
        assertThat(server.clientsCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aHookThatThrowsEndsNoSession(Client.Over over) {
        var f = new Fixture(o -> o.maxConnectionsPerAddress(1));
        f.server.onHeaders(
                (_, _) -> {
                    throw new IllegalStateException("on purpose");
                });
        f.server.onInitialHeaders(
                (_, _) -> {
                    throw new IllegalStateException("on purpose");
                });
        f.server.onLimit(
                _ -> {
                    throw new StackOverflowError("on purpose");
                });
        f.server.onConnectionError(
                _ -> {
                    throw new StackOverflowError("on purpose");
                });
        f.echo = true;
        var client = over.open(f);
        client.send("4a");
        assertThat(f.heard()).containsExactly("text a");
        assertThat(client.received()).containsExactly("4a");
        assertThat(f.host.get(POLLING).status()).isEqualTo(403);
        assertThat(f.host.get("/engine.io/?EIO=4").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "POLLING, true",
        "POLLING, false",
        "WEBSOCKET, true",
        "WEBSOCKET, false",
        "UPGRADE, true",
        "UPGRADE, false"
    })
    void anObserverThatThrowsEndsTheSession(Client.Over over, boolean sent) {
        var f = new Fixture();
        var armed = new boolean[1];
        f.server.observe(
                new PacketObserver() {
                    @Override
                    public void received(EngineSession session, EnginePacket packet) {
                        if (armed[0] && !sent) {
                            throw new StackOverflowError("on purpose");
                        }
                    }

                    @Override
                    public void sent(EngineSession session, EnginePacket packet) {
                        if (armed[0] && sent) {
                            throw new StackOverflowError("on purpose");
                        }
                    }
                });
        var client = over.open(f);
        armed[0] = true;
        if (sent) {
            f.send("a");
        } else {
            client.send("4a");
        }
        assertThat(f.heard()).containsExactly("closed " + ENDED + "observer");
        assertThat(client.isClosed()).isTrue();
        assertThat(f.server.clientsCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "WEBSOCKET"})
    void anObserverThatThrowsAtTheHandshakeEndsTheSession(TransportName over) {
        var f = new Fixture();
        f.server.observe(
                new PacketObserver() {
                    @Override
                    public void received(EngineSession session, EnginePacket packet) {}

                    @Override
                    public void sent(EngineSession session, EnginePacket packet) {
                        throw new StackOverflowError("on purpose");
                    }
                });
        if (over == TransportName.POLLING) {
            assertThat(f.host.get(POLLING).isAnswered()).isTrue();
        } else {
            assertThat(f.host.webSocket(Fixture.WEBSOCKET).closeCode()).isEqualTo(1011);
        }
        assertThat(f.heard()).containsExactly("closed " + ENDED + "observer");
        assertThat(f.server.clientsCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "WEBSOCKET"})
    void onConnectionThatThrowsEndsTheSession(TransportName over) {
        var f = new Fixture();
        f.server.onConnection(
                _ -> {
                    throw new StackOverflowError("on purpose");
                });
        if (over == TransportName.POLLING) {
            assertThat(f.host.get(POLLING).isAnswered()).isTrue();
        } else {
            assertThat(f.host.webSocket(Fixture.WEBSOCKET).isOpen()).isFalse();
        }
        assertThat(f.heard()).containsExactly("closed " + ENDED + "onConnection");
        assertThat(f.server.clientsCount()).isZero();
    }
}
