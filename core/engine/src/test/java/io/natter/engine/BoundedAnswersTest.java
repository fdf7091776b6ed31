package io.natter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

/// A client that asks and does not read gets no queue of answers.
class BoundedAnswersTest {
    private static final String POLLING3 = "/engine.io/?EIO=3&transport=polling";
    private static final String WEBSOCKET3 = "/engine.io/?EIO=3&transport=websocket";

    @Test
    void repeatedProbesFailTheUpgradeAndLeaveTheSessionOnPolling() {
        var f = new Fixture();
        var target = f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        for (int i = 0; i < 1000; i++) {
            socket.send("2probe");
        }
        assertThat(socket.received()).hasSizeLessThanOrEqualTo(16).containsOnly("3probe");
        assertThat(socket.isOpen()).isFalse();
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
        assertThat(f.limits).hasSize(1);
        assertThat(f.host.post(target, "4still here").text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("text still here");
    }

    @Test
    void aProbeIsNotAnsweredAgainWhileTheClientDoesNotRead() {
        var f = new Fixture();
        f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.stall();
        socket.send("2probe");
        socket.fill(100_000);
        socket.send("2probe");
        assertThat(socket.received()).containsExactly("3probe");
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
    }

    @Test
    void aProbeMayBeRepeatedByAClientThatReads() {
        var f = new Fixture();
        f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send("2probe");
        socket.send("2probe");
        socket.send("5");
        assertThat(socket.received()).containsExactly("3probe", "3probe");
        assertThat(f.session().transport()).isEqualTo(TransportName.WEBSOCKET);
    }

    @Test
    void pingsOfAWebSocketThatDoesNotReadAreAnsweredByOnePongOnceItReads() {
        var f = new Fixture(o -> o.allowEio3(true));
        var socket = f.host.webSocket(WEBSOCKET3);
        socket.received();
        socket.stall();
        f.send("x".repeat(100_000));
        socket.received();
        for (int i = 0; i < 1000; i++) {
            socket.send("2");
        }
        assertThat(socket.received()).isEmpty();
        socket.resume();
        assertThat(socket.received()).containsExactly("3");
        socket.send("2");
        assertThat(socket.received()).containsExactly("3");
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void pingsByPollingLeaveOnePongForTheNextGet() {
        var f = new Fixture(o -> o.allowEio3(true));
        var target = f.openPolling(POLLING3);
        f.host.get(target + "&first");
        for (int i = 0; i < 3; i++) {
            f.host.post(target, String.join("", Collections.nCopies(1000, "1:2")));
        }
        f.send("behind");
        assertThat(f.host.get(target).text()).isEqualTo("1:37:4behind");
        f.host.post(target, "1:2");
        assertThat(f.host.get(target).text()).isEqualTo("1:3");
    }

    @Test
    void pingsOfTheServerThatNoGetTakesDoNotGather() {
        var f = new Fixture();
        var target = f.openPolling();
        for (int i = 0; i < 20; i++) {
            f.strand.advanceMillis(300);
            f.host.post(target, "3");
        }
        assertThat(f.host.get(target).text()).isEqualTo("2");
    }
}
