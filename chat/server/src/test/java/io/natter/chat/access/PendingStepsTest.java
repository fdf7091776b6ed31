package io.natter.chat.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingStepsTest {
    private final ManualClock clock = new ManualClock();
    private final PendingSteps<String> steps =
            new PendingSteps<>(clock.monotonic(), Duration.ofMinutes(5));

    private void refused(String id, Optional<String> browser) {
        assertThatThrownBy(() -> steps.take(id, browser)).hasMessageContaining("step_over");
    }

    @Test
    void countsOnceInItsBrowserAndInTime() {
        String id = steps.begin("ann", "value");
        refused(id, Optional.of("eve"));
        refused(id, Optional.empty());
        assertThat(steps.look(id, Optional.of("ann"))).isEqualTo("value");
        assertThat(steps.take(id, Optional.of("ann"))).isEqualTo("value");
        refused(id, Optional.of("ann"));
        String late = steps.begin("ann", "late");
        clock.advance(Duration.ofMinutes(5));
        refused(late, Optional.of("ann"));
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        String first = steps.begin("ann", "first");
        String second = steps.begin("ann", "second");
        for (int i = 2; i <= PendingSteps.MOST; i++) {
            steps.begin("eve", "flood");
        }
        assertThat(steps.size()).isEqualTo(PendingSteps.MOST);
        refused(first, Optional.of("ann"));
        assertThat(steps.take(second, Optional.of("ann"))).isEqualTo("second");
        clock.advance(Duration.ofMinutes(5));
        steps.begin("ann", "last");
        assertThat(steps.size()).isEqualTo(1);
    }
}
