package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The memory that all clients together may use is bounded.
class MemoryBudgetTest {
    private static final long KIB = 1024;

    private final MemoryBudget budget = MemoryBudget.of(1024 * KIB);
    private final List<String> closed = new ArrayList<>();

    private MemoryAccount account(String name) {
        return budget.open(detail -> closed.add(name));
    }

    @Test
    void countsInStepsOfFourKibibytes() {
        var account = account("a");
        account.changed(0, 4 * KIB - 1);
        assertThat(budget.used()).isZero();
        account.changed(4 * KIB - 1, 9 * KIB);
        assertThat(budget.used()).isEqualTo(8 * KIB);
        account.changed(9 * KIB, 0);
        assertThat(budget.used()).isZero();
    }

    @Test
    void aChangeWithinOneStepNeedsNoAccount() {
        assertThat(MemoryAccount.isCounted(0, 4095)).isFalse();
        assertThat(MemoryAccount.isCounted(0, 4096)).isTrue();
        assertThat(MemoryAccount.isCounted(4096, 8191)).isFalse();
        assertThat(MemoryAccount.isCounted(4096, 4095)).isTrue();
    }

    @Test
    void changesMayBeReportedInAnyOrder() {
        var account = account("a");
        account.changed(10 * KIB, 30 * KIB);
        account.changed(30 * KIB, 0);
        account.changed(0, 10 * KIB);
        assertThat(budget.used()).isZero();
        assertThat(account.held()).isZero();
    }

    @Test
    void pastTheLimitTheLargestAreClosedUntilTheOthersFit() {
        for (int i = 1; i <= 8; i++) {
            account("client " + i).changed(0, 28L * i * KIB);
        }
        assertThat(closed).isEmpty();
        account("newcomer").changed(0, 100 * KIB);
        assertThat(closed).containsExactly("client 8");
        assertThat(budget.closedClients()).isEqualTo(1);
    }

    @Test
    void aClientThatIsBeingClosedCountsNoMore() {
        for (int i = 1; i <= 5; i++) {
            account("large " + i).changed(0, 200 * KIB);
        }
        account("next").changed(0, 88 * KIB);
        assertThat(closed).hasSize(1).allMatch(name -> name.startsWith("large"));
        // No memory was released yet, and no other client must be closed for that.
        account("another").changed(0, 20 * KIB);
        assertThat(closed).hasSize(1);
    }

    @Test
    void noClientMayHoldMoreThanAQuarter() {
        var account = account("greedy");
        account.changed(0, 256 * KIB);
        assertThat(closed).isEmpty();
        account.changed(256 * KIB, 260 * KIB);
        account.changed(260 * KIB, 300 * KIB);
        assertThat(closed).containsExactly("greedy");
    }

    @Test
    void isScarcePastThreeQuarters() {
        for (int i = 0; i < 3; i++) {
            account("a").changed(0, 256 * KIB);
        }
        assertThat(budget.isScarce()).isFalse();
        var last = account("b");
        last.changed(0, 4 * KIB);
        assertThat(budget.isScarce()).isTrue();
        last.changed(4 * KIB, 0);
        assertThat(budget.isScarce()).isFalse();
    }

    @Test
    void whatIsGivenBackMakesRoomForOthers() {
        var early = account("early");
        for (int round = 0; round < 100; round++) {
            early.changed(0, 250 * KIB);
            early.changed(250 * KIB, 0);
        }
        assertThat(closed).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aHostLowersTheLimitAndNeverRaisesIt() {
        budget.limitTo(2048 * KIB);
        assertThat(budget.limit()).isEqualTo(1024 * KIB);
        budget.limitTo(100 * KIB);
        assertThat(budget.limit()).isEqualTo(100 * KIB);
        assertThat(budget.clientLimit()).isEqualTo(25 * KIB);
        assertThatThrownBy(() -> MemoryBudget.of(0))
                .hasMessage("a memory budget must be positive, not 0");
    }

    @Test
    void threadsThatReportAtOnceLoseNothing() {
        var account = budget.open(_ -> {});
        var threads = new ArrayList<CompletableFuture<Void>>();
        for (int t = 0; t < 4; t++) {
            threads.add(
                    CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 20_000; i++) {
                                    account.changed(0, 12 * KIB);
                                    account.changed(12 * KIB, 0);
                                }
                            }));
        }
        threads.forEach(CompletableFuture::join);
        assertThat(budget.used()).isZero();
        assertThat(account.held()).isZero();
    }
}
