package io.natter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.MemoryBudget;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets that wait for a `GET` count for the memory budget.
class PollingMemoryTest {
    private final MemoryBudget budget = MemoryBudget.of(100 << 20);
    private final Fixture f =
            new Fixture(o -> o.memoryBudget(budget).maxWaitingBytes(0).allowEio3(true));

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void whatWaitsIsCountedUntilAGetTakesIt(int protocol) {
        var target = f.openPolling("/engine.io/?EIO=" + protocol + "&transport=polling");
        f.send("x".repeat(1_000_000));
        assertThat(budget.used()).isBetween(990_000L, 1_010_000L);
        f.host.get(target);
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatWaitsIsCountedWhileTheSessionCloses() {
        var target = f.openPolling();
        f.send("x".repeat(1_000_000));
        f.session().close();
        f.strand.run();
        assertThat(f.session().state()).isEqualTo(SessionState.CLOSING);
        assertThat(budget.used()).isGreaterThan(900_000);
        f.host.get(target);
        assertThat(budget.used()).isZero();
    }

    @Test
    void aClosingSessionThatHoldsTooMuchIsClosed() {
        f.openPolling();
        f.send("x".repeat(20 << 20));
        f.session().close();
        f.session().holds(0, 10 << 20);
        f.strand.run();
        assertThat(f.heard()).singleElement().asString().contains("out of memory budget");
        f.session().holds(10 << 20, 0);
        assertThat(budget.used()).isZero();
    }

    @Test
    void theEndOfTheSessionGivesItBack() {
        f.openPolling();
        f.send("x".repeat(1_000_000));
        f.session().discard(CloseReason.FORCED_CLOSE, "x");
        assertThat(budget.used()).isZero();
    }

    @Test
    void theUpgradeGivesItBack() {
        f.openPolling();
        f.send("x".repeat(1_000_000));
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send("2probe");
        socket.send("5");
        assertThat(budget.used()).isZero();
    }

    @Test
    void manySmallMessagesCountWithWhatTheyTake() {
        f.openPolling();
        for (int i = 0; i < 10_000; i++) {
            f.session().send(Fixture.text("x"));
        }
        assertThat(budget.used()).isGreaterThan(500_000);
    }

    @Test
    void aBroadcastIsNotCountedAnewForEverybody() {
        var message = Fixture.text("x".repeat(1_000_000));
        for (int i = 0; i < 100; i++) {
            f.openPolling();
            f.session().send(message);
        }
        assertThat(budget.used()).isBetween(1_000_000L, 8_000_000L);
        for (var session : f.sessions) {
            f.host.request("GET", Fixture.POLLING + "&sid=" + session.id(), Map.of(), new byte[0]);
        }
        assertThat(budget.used()).isZero();
        f.openPolling();
        f.session().send(message);
        assertThat(budget.used()).isBetween(990_000L, 1_010_000L);
    }
}
