package io.natter.engine;

import static io.natter.engine.Fixture.WEBSOCKET;
import static io.natter.engine.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a slow client may cost.
class LimitsTest {

    @Test
    void bytesWaitingForAGetAreBounded() {
        var f = new Fixture(o -> o.maxWaitingBytes(10));
        f.openPolling();
        f.send("x".repeat(9));
        f.send("x".repeat(100));
        assertThat(f.heard()).isEmpty();
        f.send("one too many");
        assertThat(f.heard())
                .containsExactly(
                        "closed transport error: client too slow: 109 bytes wait for a GET");
        assertThat(f.limits)
                .extracting(LimitHit::limit)
                .containsExactly(LimitHit.Limit.WAITING_BYTES);
        assertThat(f.limits.getFirst().sid()).isEqualTo(f.session().id());
    }

    @Test
    void packetsWaitingForAGetAreBounded() {
        var f = new Fixture(o -> o.maxWaitingPackets(2));
        f.openPolling();
        f.send("a");
        f.send("b");
        f.send("c");
        assertThat(f.heard())
                .containsExactly(
                        "closed transport error: client too slow: 2 packets wait for a GET");
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
        assertThat(f.limits).extracting(LimitHit::limit).containsExactly(LimitHit.Limit.PAYLOAD);
    }
}
