package io.natter.engine;

import static io.natter.engine.SessionState.CLOSED;
import static io.natter.engine.SessionState.CLOSING;
import static io.natter.engine.SessionState.OPENING;
import static io.natter.engine.SessionState.POLLING;
import static io.natter.engine.SessionState.PROBING;
import static io.natter.engine.SessionState.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionStateTest {
    private static final Map<SessionState, Set<SessionState>> TABLE =
            Map.of(
                    OPENING, Set.of(POLLING, WEBSOCKET, CLOSED),
                    POLLING, Set.of(PROBING, CLOSING, CLOSED),
                    PROBING, Set.of(POLLING, WEBSOCKET, CLOSING, CLOSED),
                    WEBSOCKET, Set.of(CLOSED),
                    CLOSING, Set.of(CLOSED),
                    CLOSED, Set.of());

    @Test
    void hasTheStepsOfItsTableAndNoOthers() {
        for (var from : SessionState.values()) {
            for (var to : SessionState.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s -> %s", from, to)
                        .isEqualTo(Fixture.known(TABLE.get(from)).contains(to));
            }
        }
    }

    @Test
    void opensOnPolling() {
        var f = new Fixture();
        f.openPolling();
        assertThat(f.session().state()).isEqualTo(POLLING);
    }

    @Test
    void opensOnWebSocket() {
        var f = new Fixture();
        f.host.webSocket(Fixture.WEBSOCKET);
        assertThat(f.session().state()).isEqualTo(WEBSOCKET);
    }

    @Test
    void probesAndReturnsToPollingWhenTheWebSocketCloses() {
        var f = new Fixture();
        f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        assertThat(f.session().state()).isEqualTo(PROBING);
        socket.close(1000);
        assertThat(f.session().state()).isEqualTo(POLLING);
    }

    @Test
    void upgrades() {
        var f = new Fixture();
        f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send("2probe");
        socket.send("5");
        assertThat(f.session().state()).isEqualTo(WEBSOCKET);
        socket.close(1000);
        assertThat(f.session().state()).isEqualTo(CLOSED);
    }

    @Test
    void waitsForAGetToCloseOnPolling() {
        var f = new Fixture();
        var target = f.openPolling();
        f.session().close();
        assertThat(f.session().state()).isEqualTo(CLOSING);
        f.host.get(target);
        assertThat(f.session().state()).isEqualTo(CLOSED);
    }

    @Test
    void closesAtOnceWhereAGetWaits() {
        var f = new Fixture();
        var get = f.host.get(f.openPolling());
        f.session().close();
        assertThat(f.session().state()).isEqualTo(CLOSED);
        assertThat(get.text()).isEqualTo("1");
    }

    @Test
    void closesAtOnceWhenDiscardedInAnyOpenState() {
        for (var over : Client.Over.values()) {
            var f = new Fixture();
            over.open(f);
            f.session().discard(CloseReason.PARSE_ERROR, "why");
            assertThat(f.session().state()).isEqualTo(CLOSED);
            assertThat(f.heard()).containsExactly("closed parse error: why");
        }
    }

    @Test
    void namesTheBrokenRuleInTheCloseFrame() {
        var f = new Fixture();
        var socket = f.host.webSocket(Fixture.WEBSOCKET);
        f.session().close("more than 3 events per second");
        f.strand.run();
        assertThat(socket.closeCode()).isEqualTo(1008);
        assertThat(socket.closeReason()).isEqualTo("more than 3 events per second");
        assertThat(f.heard()).containsExactly("closed forced close: closed by the server");
    }

    @Test
    void closingCanEndOverTheWebSocketThatWasOnTrial() {
        var f = new Fixture();
        f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send("2probe");
        f.session().send(Fixture.text("last"));
        f.session().close();
        assertThat(f.session().state()).isEqualTo(CLOSING);
        socket.send("5");
        assertThat(socket.received()).containsExactly("3probe", "4last");
        assertThat(socket.closeCode()).isEqualTo(1005);
        assertThat(f.session().state()).isEqualTo(CLOSED);
        assertThat(f.heard()).containsExactly("closed forced close: closed by the server");
    }

    @Test
    void closingEndsAfter30SecondsWithoutAGet() {
        var f =
                new Fixture(
                        o ->
                                o.pingInterval(java.time.Duration.ofSeconds(25))
                                        .pingTimeout(java.time.Duration.ofSeconds(20)));
        f.openPolling();
        f.session().close();
        f.strand.advanceMillis(29_999);
        assertThat(f.session().state()).isEqualTo(CLOSING);
        f.strand.advanceMillis(1);
        assertThat(f.session().state()).isEqualTo(CLOSED);
        assertThat(f.heard()).containsExactly("closed forced close: no GET took what waited");
    }
}
