package io.natter.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyRateLimitTest {
    private final BodyRateLimit clock =
            new BodyRateLimit(
                    HttpLimits.DEFAULT.withBody(
                            Duration.ofSeconds(30), 1000, Duration.ofSeconds(55)));
    private long now = 7;

    private @org.jspecify.annotations.Nullable Duration after(int seconds, int bytes) {
        now += Duration.ofSeconds(seconds).toNanos();
        clock.came(bytes);
        return clock.judge(now, false);
    }

    @Test
    void isJudgedFirstWhenTheTimeOfAnyBodyIsOver() {
        assertThat(clock.begin(now)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void goesOnAsLongAsEnoughComesAndEndsAtTheLatest() {
        clock.begin(now);
        assertThat(after(30, 30_000)).isEqualTo(Duration.ofSeconds(10));
        assertThat(after(10, 10_000)).isEqualTo(Duration.ofSeconds(10));
        assertThat(after(10, 10_000)).isEqualTo(Duration.ofSeconds(5));
        assertThat(after(5, 1_000_000)).isNull();
    }

    @Test
    void endsATrickle() {
        clock.begin(now);
        assertThat(after(30, 29_999)).isNull();
    }

    /// A fast start of a body gives no credit for a trickle.
    @Test
    void endsATrickleBehindAGoodBeginning() {
        clock.begin(now);
        assertThat(after(30, 900_000)).isNotNull();
        assertThat(after(10, 9_999)).isNull();
    }

    @Test
    void doesNotBlameTheClientForAServerThatTakesNothing() {
        clock.begin(now);
        now += Duration.ofSeconds(30).toNanos();
        assertThat(clock.judge(now, true)).isEqualTo(Duration.ofSeconds(10));
        assertThat(after(10, 10_000)).isEqualTo(Duration.ofSeconds(10));
    }
}
