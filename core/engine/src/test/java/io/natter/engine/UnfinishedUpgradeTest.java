package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessWebSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that close their WebSocket before the upgrade is done.
class UnfinishedUpgradeTest {
    private static final String ENDED =
            "closed transport close: the WebSocket closed during the upgrade, and no request"
                    + " followed";

    private final Fixture f =
            new Fixture(
                    o ->
                            o.pingInterval(Duration.ofSeconds(25))
                                    .pingTimeout(Duration.ofSeconds(20)));
    private final String target = f.openPolling();
    private final InProcessWebSocket socket = f.host.webSocket(f.upgradeTarget());

    /// A client that has let its last `GET` come back, and would send `5` next.
    private void pause() {
        var get = f.host.get(target);
        socket.send("2probe");
        f.strand.advanceMillis(100);
        assertThat(get.text()).isEqualTo("6");
    }

    private void passes(int millis) {
        f.strand.advanceMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1005, 1006})
    void theSessionOfAClosedPageEndsAfterFiveSeconds(int code) {
        pause();
        socket.close(code);
        passes(5_049);
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
        passes(1);
        assertThat(f.heard()).containsExactly(ENDED);
        assertThat(f.server.clientsCount()).isZero();
        assertThat(f.server.metrics().closes(CloseReason.TRANSPORT_CLOSE)).isEqualTo(1);
    }

    @Test
    void theSessionOfAPageThatIsClosedBeforeItsProbeEndsAfterFiveSeconds() {
        socket.close(1001);
        passes(5_050);
        assertThat(f.heard()).containsExactly(ENDED);
    }

    @Test
    void aGetKeepsTheSession() {
        pause();
        socket.close(1006);
        passes(5_049);
        var get = f.host.get(target);
        passes(10_000);
        assertThat(f.heard()).isEmpty();
        f.send("still here");
        assertThat(get.text()).isEqualTo("4still here");
        passes(9_000);
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void aPostKeepsTheSession() {
        pause();
        socket.close(1006);
        passes(4_000);
        f.host.post(target, "4still here");
        passes(10_000);
        assertThat(f.heard()).containsExactly("text still here");
    }

    @Test
    void aPostThatIsUnderWayKeepsTheSessionUntilFiveSecondsLater() {
        var post = f.host.request("POST", target, Map.of(), null);
        socket.close(1001);
        passes(9_000);
        post.body("4late".getBytes(UTF_8));
        assertThat(post.text()).isEqualTo("ok");
        passes(1_050);
        assertThat(f.heard()).containsExactly("text late", ENDED);
    }

    @Test
    void anotherUpgradeKeepsTheSession() {
        pause();
        socket.close(1006);
        passes(4_000);
        var second = f.host.webSocket(f.upgradeTarget());
        second.send("2probe");
        passes(4_000);
        second.send("5");
        passes(4_000);
        assertThat(f.heard()).containsExactly("upgraded");
        assertThat(f.session().state()).isEqualTo(SessionState.WEBSOCKET);
    }

    @Test
    void eachUpgradeHasItsOwnFiveSeconds() {
        socket.close(1006);
        passes(4_000);
        f.host.webSocket(f.upgradeTarget()).close(1006);
        passes(5_049);
        assertThat(f.heard()).isEmpty();
        passes(1);
        assertThat(f.heard()).containsExactly(ENDED);
    }

    @Test
    void aGetThatWaitsKeepsTheSessionUntilItIsAborted() {
        var get = f.host.get(target);
        socket.send("2probe");
        socket.close(1001);
        passes(20_000);
        assertThat(f.heard()).isEmpty();
        get.abort();
        assertThat(f.heard())
                .containsExactly("closed transport error: poll connection closed prematurely");
    }

    @Test
    void aWebSocketThatTheServerClosesLeavesTheSessionToItsHeartbeat() {
        socket.send("4no probe");
        assertThat(socket.closeCode()).isEqualTo(1005);
        passes(20_000);
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void aSessionThatTheServerClosesMeanwhileStillWaitsForAGet() {
        pause();
        socket.close(1006);
        f.session().send(Fixture.text("last words"));
        f.session().close();
        passes(6_000);
        assertThat(f.heard()).isEmpty();
        assertThat(f.host.get(target).text()).isEqualTo("4last words");
    }

    @Test
    void leavesNoTimerBehind() {
        pause();
        socket.close(1001);
        f.host.post(target, "1");
        assertThat(f.heard()).containsExactly("closed transport close: closed by the client");
        passes(60_000);
        assertThat(f.strand.timers()).isZero();
    }
}
