package io.natter.chat.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.ManualClock;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final ManualClock clock = new ManualClock();
    private final Limits limits = new Limits(clock.monotonic());

    @Test
    void messagesComeFiveASecondAfterABurstOfTen() {
        for (int i = 0; i < 10; i++) {
            assertThat(message()).isZero();
        }
        assertThat(message()).isEqualTo(Duration.ofMillis(200));
        clock.advance(Duration.ofMillis(200));
        assertThat(message()).isZero();
        assertThat(message()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void messagesComeSixtyAMinute() {
        int sent = 0;
        for (int tenth = 0; tenth < 600; tenth++) {
            sent += message().isZero() ? 1 : 0;
            clock.advance(Duration.ofMillis(100));
        }
        // Sixty at first, and the one a second that comes back meanwhile.
        assertThat(sent).isBetween(115, 121);
    }

    @Test
    void typingIsOnceInThreeSeconds() {
        assertThat(ask(PersonLimits.Kind.TYPING)).isZero();
        clock.advance(Duration.ofMillis(2_990));
        assertThat(ask(PersonLimits.Kind.TYPING)).isPositive();
        clock.advance(Duration.ofMillis(11));
        assertThat(ask(PersonLimits.Kind.TYPING)).isZero();
    }

    @Test
    void whatIsRefusedCostsNothing() {
        for (int i = 0; i < 200; i++) {
            message();
        }
        clock.advance(Duration.ofMillis(200));
        assertThat(message()).isZero();
    }

    @Test
    void aClockSetBackTakesNothingAway() {
        for (int i = 0; i < 10; i++) {
            message();
        }
        clock.set(Duration.ofHours(-1));
        assertThat(message()).isEqualTo(Duration.ofMillis(200));
        clock.advance(Duration.ofMillis(200));
        assertThat(message()).isZero();
    }

    @Test
    void aClockSetBackCutsNobodyOff() {
        var ann = limits.of("ann");
        for (int i = 0; i < 1000; i++) {
            assertThat(ann.overrun()).as("one in five seconds, after %d", i).isFalse();
            clock.advance(Duration.ofSeconds(5));
            if (i == 10) {
                clock.set(Duration.ofHours(-1));
            }
        }
    }

    @Test
    void whoDoesNotHeedTheLimitsIsSeen() {
        for (int i = 0; i < 300; i++) {
            assertThat(limits.of("ann").overrun()).isFalse();
        }
        assertThat(limits.of("ann").overrun()).isTrue();
        clock.advance(Duration.ofSeconds(10));
        assertThat(limits.of("ann").overrun()).isFalse();
    }

    @Test
    void addressesConnectThirtyTimesAMinuteAfterABurstOfSixty() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 60; i++) {
            assertThat(limits.connect(address)).isZero();
        }
        assertThat(limits.connect(address)).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits.connect(InetAddress.getByName("192.0.2.2"))).isZero();
    }

    @Test
    void whoHasNoAddressOfTheirOwnHasNoLimit() {
        for (int i = 0; i < 1000; i++) {
            assertThat(limits.connect(null)).isZero();
        }
    }

    @Test
    void whoHasBeenAwayIsForgotten() throws Exception {
        message();
        limits.connect(InetAddress.getByName("192.0.2.1"));
        limits.forget();
        assertThat(limits.size()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(11));
        limits.forget();
        assertThat(limits.size()).isZero();
    }

    private Duration message() {
        return ask(PersonLimits.Kind.MESSAGE);
    }

    private Duration ask(PersonLimits.Kind kind) {
        return limits.of("ann").ask(kind);
    }
}
