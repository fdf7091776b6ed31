package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static io.natter.engine.Fixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessRequest;
import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.host.inprocess.ManualStrand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {
    private final Fixture f =
            new Fixture(
                    o ->
                            o.pingInterval(Duration.ofSeconds(25))
                                    .pingTimeout(Duration.ofSeconds(20)));

    private InProcessWebSocket probe() {
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send("2probe");
        return socket;
    }

    @Test
    void answersTheProbeAndEndsTheWaitingGetAfter100Milliseconds() {
        var get = f.host.get(f.openPolling());
        var socket = probe();
        assertThat(socket.received()).containsExactly("3probe");
        f.strand.advanceMillis(99);
        assertThat(get.isAnswered()).isFalse();
        f.strand.advanceMillis(1);
        assertThat(get.text()).isEqualTo("6");
    }

    @Test
    void aMessageWithinThat100MillisecondsGoesByTheGetThatWaits() {
        var get = f.host.get(f.openPolling());
        var socket = probe();
        f.strand.advanceMillis(50);
        f.send("a");
        assertThat(get.text()).isEqualTo("4a");
        socket.send("5");
        assertThat(socket.received()).containsExactly("3probe");
    }

    @Test
    void endsALaterGetWithin100Milliseconds() {
        var target = f.openPolling();
        probe();
        for (int i = 0; i < 3; i++) {
            var get = f.host.get(target);
            assertThat(get.isAnswered()).isFalse();
            f.strand.advanceMillis(100);
            assertThat(get.text()).isEqualTo("6");
        }
    }

    @Test
    void leavesGetsAloneUntilTheProbeCame() {
        var get = f.host.get(f.openPolling());
        f.host.webSocket(f.upgradeTarget());
        f.strand.advanceMillis(1000);
        assertThat(get.isAnswered()).isFalse();
    }

    @Test
    void flushesWhatWaitsOverTheWebSocketFirst() {
        f.openPolling();
        var socket = probe();
        f.session().send(text("a"));
        f.session().send(Fixture.bytes(1));
        socket.send("5");
        f.session().send(text("b"));
        assertThat(socket.received()).containsExactly("3probe", "4a", "0x01", "4b");
        assertThat(f.heard()).containsExactly("upgraded");
        assertThat(f.session().transport()).isEqualTo(TransportName.WEBSOCKET);
        assertThat(f.server.metrics().upgrades()).isEqualTo(1);
    }

    @Test
    void messagesBehindTheUpgradeAreHeard() {
        f.openPolling();
        var socket = probe();
        socket.send("5");
        socket.send("4hello");
        assertThat(f.heard()).containsExactly("upgraded", "text hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2other", "4hello", "3probe", "1", "6", "0", "", "abc"})
    void closesTheWebSocketOnAnythingElse(String frame) {
        var target = f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send(frame);
        assertThat(socket.closeCode()).isEqualTo(1005);
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
        f.host.post(target, "4still here");
        assertThat(f.heard()).containsExactly("text still here");
    }

    @Test
    void closesTheWebSocketOnABinaryFrame() {
        f.openPolling();
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send(new byte[] {1});
        assertThat(socket.closeCode()).isEqualTo(1005);
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
    }

    @Test
    void givesUpAfterTheTimeout() {
        var target = f.openPolling();
        var socket = probe();
        f.strand.advanceMillis(9_999);
        assertThat(socket.isOpen()).isTrue();
        f.strand.advanceMillis(1);
        assertThat(socket.closeCode()).isEqualTo(1005);
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
        var get = f.host.get(target);
        f.strand.advanceMillis(200);
        assertThat(get.isAnswered()).isFalse();
    }

    @Test
    void aFailedProbeDoesNotStopTheNext() {
        f.openPolling();
        probe().close(1000);
        var socket = probe();
        socket.send("5");
        assertThat(f.session().state()).isEqualTo(SessionState.WEBSOCKET);
    }

    @Test
    void aSecondWebSocketIsAcceptedAndClosed() {
        f.openPolling();
        var socket = probe();
        var second = f.host.webSocket(f.upgradeTarget());
        assertThat(second.acceptance()).isNotNull();
        assertThat(second.closeCode()).isEqualTo(1005);
        socket.send("5");
        assertThat(f.session().state()).isEqualTo(SessionState.WEBSOCKET);
        var third = f.host.webSocket(f.upgradeTarget());
        assertThat(third.closeCode()).isEqualTo(1005);
        assertThat(f.session().state()).isEqualTo(SessionState.WEBSOCKET);
    }

    @Test
    void aGetAfterTheUpgradeIsRefused() {
        var target = f.openPolling();
        probe().send("5");
        var get = f.host.get(target);
        assertThat(get.status()).isEqualTo(400);
        assertThat(get.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(f.session().state()).isEqualTo(SessionState.WEBSOCKET);
    }

    @Test
    void aPostUnderWayDuringTheUpgradeIsStillHeard() {
        var target = f.openPolling();
        var post = f.host.request("POST", target, Map.of(), null);
        probe().send("5");
        post.body("4late".getBytes(UTF_8));
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("upgraded", "text late");
    }

    @Test
    void theEndOfTheSessionClosesTheWebSocketOnTrial() {
        var target = f.openPolling();
        var socket = probe();
        f.host.post(target, "1");
        assertThat(socket.closeCode()).isEqualTo(1005);
        assertThat(f.heard()).containsExactly("closed transport close: closed by the client");
        assertThat(f.strand.timers()).isLessThanOrEqualTo(4);
        f.strand.advanceMillis(60_000);
        assertThat(f.strand.timers()).isZero();
    }

    @Test
    void aPingOnPollingMayBeAnsweredOnTheWebSocket() {
        var target = f.openPolling();
        f.strand.advanceMillis(25_000);
        assertThat(f.host.get(target).text()).isEqualTo("2");
        var socket = probe();
        socket.send("5");
        f.strand.advanceMillis(19_999);
        socket.send("3");
        f.strand.advanceMillis(25_000);
        assertThat(socket.received()).containsExactly("3probe", "2");
        f.strand.advanceMillis(20_000);
        assertThat(f.heard())
                .containsExactly("upgraded", "closed ping timeout: no pong came in time");
    }

    @Test
    void theWebSocketMovesToTheSessionsStrand() {
        f.openPolling();
        var other = new ManualStrand();
        var socket = f.host.on(other).webSocket(f.upgradeTarget());
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
        f.strand.run();
        assertThat(f.session().state()).isEqualTo(SessionState.PROBING);
        socket.send("2probe");
        f.strand.run();
        socket.send("5");
        f.strand.run();
        assertThat(f.session().state()).isEqualTo(SessionState.WEBSOCKET);
    }

    /// The official client, as far as the order of its steps goes, with messages flowing both ways
    /// at random moments: nothing is lost, doubled or out of order.
    @Test
    void losesAndReordersNothingHoweverMessagesFall() {
        for (int seed = 0; seed < 500; seed++) {
            new RandomUpgrade(new Random(seed)).run(seed);
        }
    }

    private static final class RandomUpgrade {
        private final Random random;
        private final Fixture f = new Fixture();
        private final String target = f.openPolling(POLLING);
        private final List<String> sent = new ArrayList<>();
        private final List<String> got = new ArrayList<>();
        private final List<String> posted = new ArrayList<>();
        private InProcessRequest get = f.host.get(target);

        RandomUpgrade(Random random) {
            this.random = random;
        }

        private void traffic() {
            for (int i = random.nextInt(4); i > 0; i--) {
                var message = "m" + sent.size();
                sent.add("4" + message);
                f.session().send(text(message));
                if (random.nextBoolean()) {
                    f.strand.run();
                }
            }
            if (random.nextInt(3) == 0) {
                f.strand.advanceMillis(random.nextInt(40));
            }
        }

        private void post() {
            var message = "p" + posted.size();
            posted.add("text " + message);
            f.host.post(target, "4" + message);
        }

        private boolean poll() {
            if (!get.isAnswered()) {
                return false;
            }
            got.addAll(Arrays.asList(get.text().split("\u001e")));
            return true;
        }

        void run(int seed) {
            traffic();
            var socket = f.host.webSocket(f.upgradeTarget());
            if (random.nextBoolean() && poll()) {
                get = f.host.get(target);
            }
            traffic();
            post();
            socket.send("2probe");
            traffic();
            post();
            if (random.nextBoolean() && poll()) {
                get = f.host.get(target);
            }
            // The client pauses: it lets the GET come back before it sends "5".
            for (int i = 0; i < 20 && !poll(); i++) {
                f.strand.advanceMillis(10);
            }
            traffic();
            socket.send("5");
            traffic();
            var behind = "w" + posted.size();
            posted.add("text " + behind);
            socket.send("4" + behind);
            f.strand.run();
            got.addAll(socket.received());
            got.removeIf(packet -> !packet.startsWith("4"));
            assertThat(got).as("seed %d", seed).isEqualTo(sent);
            var heard = new ArrayList<>(f.heard());
            assertThat(heard).contains("upgraded");
            heard.remove("upgraded");
            assertThat(heard).as("seed %d", seed).isEqualTo(posted);
        }
    }
}
