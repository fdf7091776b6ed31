package io.natter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    private final PendingRequests<String> pending = new PendingRequests<>(timers);
    private final List<String> late = new ArrayList<>();

    PendingRequestsTest() {
        timers.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void endTimers() {
        timers.shutdownNow();
    }

    private void add(String id) {
        pending.add(id, "request " + id, Duration.ofHours(1), () -> late.add(id));
    }

    @Test
    void atTheEndAllRequestsAreLateOnce() {
        add("a");
        add("b");
        pending.remove("a");
        pending.close();
        pending.close();
        assertThat(late).containsExactly("b");
        assertThat(pending.get("b")).isNull();
        assertThat(timers.getQueue()).isEmpty();
    }
}
