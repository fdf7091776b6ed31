package io.natter.engine;

import static io.natter.engine.Fixture.WEBSOCKET;
import static io.natter.engine.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.MemoryBudget;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cost of a slow client is bounded.
class LimitsTest {

    private static Fixture patient(UnaryOperator<EngineOptions.Builder> options) {
        return new Fixture(o -> options.apply(o.pingInterval(Duration.ofSeconds(25))));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void bytesWaitingForAGetAreBoundedOnceTheyHaveWaitedTenSeconds(int protocol) {
        var f = patient(o -> o.maxWaitingBytes(10).allowEio3(true));
        f.openPolling("/engine.io/?transport=polling&EIO=" + protocol);
        f.send("x".repeat(9));
        f.strand.advanceMillis(10_000);
        f.send("x".repeat(100));
        f.send("behind a burst");
        f.strand.advanceMillis(9_999);
        f.send("still no GET");
        assertThat(f.heard()).isEmpty();
        f.strand.advanceMillis(1);
        f.send("one too many");
        assertThat(f.heard())
                .containsExactly(
                        "closed transport error: client too slow: 135 bytes in 4 packets wait for"
                                + " a GET");
        assertThat(f.limits)
                .extracting(LimitExceeded::limit)
                .containsExactly(LimitExceeded.Limit.WAITING_BYTES);
        assertThat(f.limits.getFirst().sid()).isEqualTo(f.session().id());
    }

    @Test
    void packetsWaitingForAGetAreBoundedOnceTheyHaveWaitedTenSeconds() {
        var f = patient(o -> o.maxWaitingPackets(2));
        f.openPolling();
        f.send("a");
        f.send("b");
        f.send("c");
        f.strand.advanceMillis(10_000);
        f.send("d");
        assertThat(f.heard())
                .containsExactly(
                        "closed transport error: client too slow: 3 bytes in 3 packets wait for a"
                                + " GET");
    }

    @Test
    void aBurstBetweenTwoGetsReachesAClientThatPollsWithoutAPause() {
        var f = patient(o -> o);
        var target = f.openPolling();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 13; i++) {
                f.session().send(text("x".repeat(100_000)));
            }
            f.strand.advanceMillis(1000);
            assertThat(f.host.get(target).text()).hasSize(13 * 100_001 + 12);
        }
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void aBurstThatGoesOverToAWebSocketDoesNotMakeItSlow() {
        var f = patient(o -> o);
        f.openPolling();
        for (int i = 0; i < 13; i++) {
            f.session().send(text("x".repeat(100_000)));
        }
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.stall();
        socket.send("2probe");
        socket.send("5");
        f.send("behind");
        assertThat(f.heard()).containsExactly("upgraded");
        socket.resume();
        assertThat(socket.received()).hasSize(15).endsWith("4behind");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentInOnePieceIsBoundByTheMemoryBudgetOnly(Client.Over over) {
        var f = patient(o -> o.maxWaitingBytes(1000).maxWaitingPackets(10));
        var client = over.open(f);
        f.session().sendUnbounded(Collections.nCopies(300, text("x".repeat(100))));
        f.send("next");
        assertThat(client.received()).hasSize(301).endsWith("4next");
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void aReplayIsNotHeldAgainstAWebSocketThatIsStillReadingIt() {
        var f = patient(o -> o.maxWaitingBytes(100_000));
        var socket = f.host.webSocket(WEBSOCKET);
        socket.stall();
        f.session().sendUnbounded(Collections.nCopies(10, text("x".repeat(100_000))));
        f.send("x".repeat(99_999));
        assertThat(f.heard()).isEmpty();
        f.send("x".repeat(99_999));
        f.send("too much besides");
        assertThat(f.heard()).singleElement().asString().contains("client too slow");
    }

    @Test
    void onceAReplayHasBeenReadTheBoundIsTheOldOne() {
        var f = patient(o -> o.maxWaitingBytes(100_000));
        var socket = f.host.webSocket(WEBSOCKET);
        socket.stall();
        f.session().sendUnbounded(Collections.nCopies(10, text("x".repeat(100_000))));
        socket.resume();
        socket.stall();
        f.send("x".repeat(100_000));
        assertThat(f.heard()).isEmpty();
        f.send("too much");
        assertThat(f.heard()).singleElement().asString().contains("client too slow");
    }

    @Test
    void aGetMakesRoomAgain() {
        var f = new Fixture(o -> o.maxWaitingPackets(2).maxWaitingBytes(2));
        var target = f.openPolling();
        for (int i = 0; i < 10; i++) {
            f.send("a");
            f.send("b");
            assertThat(f.host.get(target).text()).isEqualTo("4a\u001e4b");
        }
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void bytesWaitingForASlowWebSocketAreBounded() {
        var f = new Fixture(o -> o.maxWaitingBytes(100_000));
        var socket = f.host.webSocket(WEBSOCKET);
        socket.stall();
        f.send("x".repeat(99_999));
        f.send("y");
        assertThat(f.heard()).isEmpty();
        f.send("z");
        assertThat(f.heard())
                .containsExactly(
                        "closed transport error: client too slow: 100000 bytes wait for the"
                                + " client");
        assertThat(socket.closeCode()).isEqualTo(1006);
        assertThat(f.limits).hasSize(1);
    }

    // A broadcast goes on meanwhile, perhaps with more for this client.
    @Test
    void nothingFollowsWhatASlowWebSocketHadNoRoomFor() {
        var f = new Fixture(o -> o.maxWaitingBytes(10));
        var socket = f.host.webSocket(WEBSOCKET);
        socket.received();
        socket.stall();
        f.send("0123456789");
        f.session().send(text("a"));
        f.session().send(text("b"));
        assertThat(f.session().state()).isEqualTo(SessionState.WEBSOCKET);
        f.strand.run();
        assertThat(socket.received()).containsExactly("40123456789");
        assertThat(f.heard()).hasSize(1);
        assertThat(f.limits).hasSize(1);
    }

    @Test
    void muchInOnePassIsNotTakenForASlowClient() {
        var f = new Fixture(o -> o.maxWaitingBytes(10));
        var socket = f.host.webSocket(WEBSOCKET);
        socket.received();
        for (int i = 0; i < 100; i++) {
            f.session().send(text("0123456789"));
        }
        assertThat(socket.received()).hasSize(100);
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void noBoundMeansNone() {
        var f = new Fixture(o -> o.maxWaitingBytes(0).maxWaitingPackets(0));
        var socket = f.host.webSocket(WEBSOCKET);
        socket.stall();
        f.send("x".repeat(10_000_000));
        f.send("y");
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void volatileMessagesAreDroppedWhileTheClientIsSlow() {
        var f = new Fixture();
        var socket = f.host.webSocket(WEBSOCKET);
        socket.received();
        assertThat(f.session().sendVolatile(List.of(text("a")))).isTrue();
        socket.stall();
        f.send("x".repeat(100_000));
        assertThat(f.session().isWritable()).isFalse();
        assertThat(f.session().sendVolatile(List.of(text("b"), text("c")))).isFalse();
        assertThat(f.server.metrics().volatileDropped()).isEqualTo(2);
        socket.resume();
        assertThat(f.session().sendVolatile(List.of(text("d")))).isTrue();
        assertThat(socket.received()).hasSize(3).doesNotContain("4b").endsWith("4d");
    }

    @Test
    void volatileMessagesAreDroppedWhileNoGetWaits() {
        var f = new Fixture();
        var target = f.openPolling();
        assertThat(f.session().sendVolatile(List.of(text("a")))).isFalse();
        var get = f.host.get(target);
        assertThat(f.session().sendVolatile(List.of(text("b")))).isTrue();
        f.strand.run();
        assertThat(get.text()).isEqualTo("4b");
    }

    @Test
    void aMessageOverTheLimitEndsTheWebSocketWithAReason() {
        var f = new Fixture(o -> o.maxHttpBufferSize(10));
        var socket = f.host.webSocket(WEBSOCKET);
        socket.send("4" + "x".repeat(9));
        socket.send("4" + "x".repeat(10));
        assertThat(socket.closeCode()).isEqualTo(1009);
        assertThat(f.heard())
                .containsExactly(
                        "text xxxxxxxxx", "closed transport error: 1009 message of 11 bytes");
        assertThat(f.limits)
                .extracting(LimitExceeded::limit)
                .containsExactly(LimitExceeded.Limit.PAYLOAD);
    }

    @Test
    void theSessionThatHoldsTheMostIsClosedWithAReason() {
        var budget = MemoryBudget.of(1024 * 1024);
        var f = new Fixture(o -> o.memoryBudget(budget));
        f.openPolling();
        f.session().holds(0, 300 * 1024);
        f.host.strand().run();
        assertThat(f.heard())
                .singleElement()
                .asString()
                .startsWith("closed transport error: out of memory budget: 307200 bytes are held");
        assertThat(f.limits)
                .extracting(LimitExceeded::limit)
                .containsExactly(LimitExceeded.Limit.MEMORY);
        f.session().holds(300 * 1024, 0);
        assertThat(budget.used()).isZero();
    }
}
