package io.natter.chat.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.CapturedLog;
import io.natter.chat.domain.ChatError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> done = new ArrayList<>();

    private Operations operations(Duration slow) {
        Operations operations = new Operations(slow, nanos::get);
        operations.onDone(
                (kind, time, refusal) ->
                        done.add(kind + " " + time + (refusal == null ? "" : refusal.code())));
        return operations;
    }

    private void run(Operations operations, long millis) {
        long begun = operations.begin();
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
        operations.end("msg.send", begun, null);
    }

    @Test
    void logsWhatTakesTheTimeOrLonger() {
        Operations operations = operations(Duration.ofMillis(50));
        try (CapturedLog log = new CapturedLog()) {
            run(operations, 49);
            assertThat(log.lines()).isEmpty();
            run(operations, 50);
            assertThat(log.lines()).containsExactly("WARN A slow operation: msg.send took 50 ms");
        }
    }

    @Test
    void logsNothingWithoutATime() {
        try (CapturedLog log = new CapturedLog()) {
            run(operations(Duration.ZERO), 1_000_000);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void tellsTheReasonOfARefusal() {
        Operations operations = operations(Duration.ZERO);
        assertThatThrownBy(
                        () ->
                                operations.measure(
                                        "react",
                                        () -> {
                                            throw ChatError.badEmoji().exception();
                                        }))
                .hasMessageContaining("bad_emoji");
        operations.refused("connect", ChatError.noSession());
        assertThat(done).containsExactly("react 0bad_emoji", "connect 0no_session");
    }
}
