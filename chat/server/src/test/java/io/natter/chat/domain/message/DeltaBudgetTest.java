package io.natter.chat.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeltaBudgetTest {
    @Test
    void allowsTwoHundredARoomAndAThousandInAll() {
        DeltaBudget budget = new DeltaBudget();
        assertThat(budget.take(201)).isFalse();
        for (int room = 0; room < 4; room++) {
            assertThat(budget.take(200)).isTrue();
        }
        assertThat(budget.take(150)).isTrue();
        assertThat(budget.forNextRoom()).isEqualTo(50);
        assertThat(budget.take(51)).isFalse();
        assertThat(budget.take(50)).isTrue();
        assertThat(budget.take(1)).isFalse();
        assertThat(budget.take(0)).isTrue();
    }
}
