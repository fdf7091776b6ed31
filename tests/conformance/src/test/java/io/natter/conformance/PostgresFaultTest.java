package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.postgres.PostgresAdapter;
import io.natter.postgres.PostgresSchema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two servers, and a PostgreSQL that goes away under load and comes back.
class PostgresFaultTest {
    private static final long MAX_WAITING_BYTES = 64 << 10;

    @SuppressWarnings("NullAway.Init") // started before any test
    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new PostgresServer();
        PostgresSchema.install(postgres.url());
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    private static ClusterNode node() {
        return ClusterNode.start(
                PostgresAdapter.builder()
                        .maxWaitingBytes(MAX_WAITING_BYTES)
                        .connect(postgres.url()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "immediate"})
    void serversGoOnAloneAndComeBackWithOrderKeptAndNothingDoubled(String stop) throws Exception {
        try (var sender = node();
                var other = node();
                var near = sender.client("/");
                var far = other.client("/")) {
            soon().until(() -> sender.servers() == 2 && other.servers() == 2);
            var sent = new AtomicInteger();
            var go = new AtomicBoolean(true);
            var load = Thread.ofPlatform().start(() -> emit(sender, sent, go));
            try {
                soon().until(() -> !numbers(far).isEmpty());
                postgres.stop(stop);
                soon().until(() -> !sender.adapter().isConnected());
                soon().until(() -> !other.adapter().isConnected());
                soon().until(() -> sender.adapter().metrics().dropped() > 100);
                assertThat(sender.adapter().metrics().isConnected()).isFalse();
                assertThat(sender.adapter().metrics().waitingBytes()).isPositive();
                int whileAway = sent.get();
                soon().until(() -> numbers(near).contains(whileAway));

                postgres.start();
                soon().until(() -> sender.adapter().isConnected());
                soon().until(() -> other.adapter().isConnected());
                int afterwards = sent.get();
                soon().until(() -> numbers(far).stream().anyMatch(n -> n > afterwards));
                soon().until(() -> sender.servers() == 2 && other.servers() == 2);
            } finally {
                go.set(false);
                load.join();
            }

            int all = sent.get();
            soon().until(() -> numbers(near).size() == all && numbers(far).contains(all - 1));
            assertThat(numbers(near)).isEqualTo(IntStream.range(0, all).boxed().toList());
            assertThat(numbers(far)).isSorted().doesNotHaveDuplicates();
            assertThat(numbers(far)).as("some were dropped").hasSizeLessThan(all);
            assertThat(other.adapter().metrics().reconnects()).isPositive();
        }
    }

    /// Sends numbers until it is told to stop.
    private static void emit(ClusterNode sender, AtomicInteger sent, AtomicBoolean go) {
        while (go.get()) {
            sender.io().emit("n", sent.getAndIncrement());
            LockSupport.parkNanos(500_000);
        }
    }

    private static List<Integer> numbers(RecordingClient client) {
        return client.events("n").stream().map(args -> (Integer) args.getFirst()).toList();
    }
}
