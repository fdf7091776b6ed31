package io.natter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessRequest;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The heartbeat on a strand that is late: pings every 300 ms, 200 ms for the pong.
class HeartbeatTest {
    private static final String TIMEOUT = "closed ping timeout: no pong came in time";

    private final Fixture f = new Fixture();

    private void standStill(long millis) {
        f.strand.standStill(Duration.ofMillis(millis));
    }

    /// Runs the tasks that are due.
    private void catchUp() {
        f.strand.advanceMillis(0);
    }

    private static void assertUnknown(InProcessRequest request) {
        assertThat(request.status()).isEqualTo(400);
        assertThat(request.text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @ParameterizedTest
    @EnumSource
    void thePongIsDueAsIfThePingHadBeenInTime(Client.Over over) {
        var client = over.open(f);
        standStill(360);
        catchUp();
        assertThat(client.received()).containsExactly("2");
        f.strand.advanceMillis(139);
        assertThat(f.heard()).isEmpty();
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly(TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void halfOfThePingTimeoutIsLeftHoweverLateThePing(Client.Over over) {
        var client = over.open(f);
        standStill(490);
        catchUp();
        assertThat(client.received()).containsExactly("2");
        f.strand.advanceMillis(99);
        assertThat(f.heard()).isEmpty();
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly(TIMEOUT);
    }

    @Test
    void aLatePingIsNotHeldUpByWaitsThatWereExtended() {
        var busy = f.openPolling();
        f.strand.advanceMillis(100);
        f.openPolling();
        f.strand.advanceMillis(299);
        standStill(61);
        f.host.post(busy, "4busy");
        f.strand.advanceMillis(139);
        assertThat(f.heard()).containsExactly("text busy");
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly(TIMEOUT);
        assertThat(f.session().state()).isEqualTo(SessionState.CLOSED);
        f.strand.advanceMillis(60);
        assertThat(f.heard()).containsExactly(TIMEOUT);
    }

    @Test
    void refusesAGetThatIsReadBeforeTheTimerStrikes() {
        var target = f.openPolling();
        f.strand.advanceMillis(499);
        standStill(2);
        var get = f.host.get(target);
        catchUp();
        assertUnknown(get);
        assertThat(f.heard()).containsExactly(TIMEOUT);
    }

    @Test
    void refusesAGetOfProtocol3ThatIsReadBeforeTheTimerStrikes() {
        var old = new Fixture(options -> options.allowEio3(true));
        var target = old.openPolling("/engine.io/?EIO=3&transport=polling");
        old.strand.advanceMillis(499);
        old.strand.standStill(Duration.ofMillis(2));
        var get = old.host.get(target);
        old.strand.advanceMillis(0);
        assertUnknown(get);
    }

    @Test
    void hearsAPongThatWaitedWhileTheStrandStoodStill() {
        var target = f.openPolling();
        f.strand.advanceMillis(300);
        assertThat(f.host.get(target).text()).isEqualTo("2");
        standStill(1000);
        var get = f.host.get(target);
        var pong = f.host.post(target, "3");
        catchUp();
        assertThat(pong.text()).isEqualTo("ok");
        assertThat(get.isAnswered()).isFalse();
        f.strand.advanceMillis(300);
        assertThat(get.text()).isEqualTo("2");
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void hearsAPongThatIsReadAfterTheTimerStruckLate() {
        var target = f.openPolling();
        f.strand.advanceMillis(300);
        assertThat(f.host.get(target).text()).isEqualTo("2");
        standStill(1000);
        catchUp();
        var get = f.host.get(target);
        f.strand.advanceMillis(49);
        f.host.post(target, "3");
        f.strand.advanceMillis(299);
        assertThat(get.isAnswered()).isFalse();
        f.strand.advanceMillis(1);
        assertThat(get.text()).isEqualTo("2");
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void hearsAPongThatIsReadInTheTurnInWhichTheTimerStrikes() {
        var target = f.openPolling();
        f.strand.advanceMillis(300);
        assertThat(f.host.get(target).text()).isEqualTo("2");
        var pongs = new ArrayList<InProcessRequest>();
        // Later than the timer, which is set already, and before what that sets.
        var _ =
                f.strand.schedule(
                        () -> pongs.add(f.host.post(target, "3")),
                        Duration.ofMillis(200).toNanos());
        f.strand.advanceMillis(499);
        assertThat(pongs).hasSize(1);
        assertThat(f.heard()).isEmpty();
        f.strand.advanceMillis(1);
        assertThat(f.host.get(target).text()).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource
    void endsASilentClientSoonAfterAStandstill(Client.Over over) {
        over.open(f);
        f.strand.advanceMillis(300);
        standStill(1000);
        f.strand.advanceMillis(49);
        assertThat(f.heard()).isEmpty();
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly(TIMEOUT);
    }

    @Test
    void refusesAGetThatWaitedForAPongAfterAStandstill() {
        var target = f.openPolling();
        f.strand.advanceMillis(300);
        assertThat(f.host.get(target).text()).isEqualTo("2");
        standStill(1000);
        var get = f.host.get(target);
        f.strand.advanceMillis(50);
        assertUnknown(get);
        assertThat(f.server.clientsCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aPacketThatWaitedWhileTheStrandStoodStillExtendsTheWait(Client.Over over) {
        var client = over.open(f);
        f.strand.advanceMillis(300);
        standStill(1000);
        client.send("4busy");
        f.strand.advanceMillis(199);
        assertThat(f.heard()).containsExactly("text busy");
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly(TIMEOUT);
    }
}
