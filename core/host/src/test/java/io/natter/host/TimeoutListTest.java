package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.ManualStrand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimeoutListTest {
    private final ManualStrand strand = new ManualStrand();
    private final TimeoutList second = new TimeoutList(strand, Duration.ofSeconds(1));
    private final List<String> expired = new ArrayList<>();

    private TimeoutList.Timeout entry(String name) {
        return new TimeoutList.Timeout() {
            @Override
            protected void expired() {
                expired.add(name + "@" + strand.nanoTime() / 1_000_000);
            }
        };
    }

    @Test
    void expiresEachAtItsOwnTimeWithOneScheduledTask() {
        for (int i = 0; i < 100; i++) {
            second.add(entry("e" + i));
            strand.advanceMillis(1);
        }
        assertThat(strand.timers()).isEqualTo(1);
        strand.advanceMillis(1000);
        assertThat(expired).hasSize(100).startsWith("e0@1000").endsWith("e99@1099");
        assertThat(strand.timers()).isZero();
    }

    @Test
    void oneThatThrowsKeepsNoOtherFromExpiring() {
        second.add(entry("first"));
        second.add(
                new TimeoutList.Timeout() {
                    @Override
                    protected void expired() {
                        throw new StackOverflowError("on purpose");
                    }
                });
        second.add(entry("second"));
        strand.advanceMillis(500);
        second.add(entry("third"));
        strand.advanceMillis(1000);
        assertThat(expired).containsExactly("first@1000", "second@1000", "third@1500");
    }

    @Test
    void addingAgainStartsAnew() {
        var e = entry("e");
        second.add(e);
        strand.advanceMillis(600);
        second.add(e);
        strand.advanceMillis(999);
        assertThat(expired).isEmpty();
        strand.advanceMillis(1);
        assertThat(expired).containsExactly("e@1600");
    }

    @Test
    void cancelledEntriesDoNotExpire() {
        var first = entry("first");
        var middle = entry("middle");
        var last = entry("last");
        second.add(first);
        second.add(middle);
        second.add(last);
        middle.cancel();
        first.cancel();
        first.cancel();
        strand.advanceMillis(2000);
        assertThat(expired).containsExactly("last@1000");
    }

    @Test
    void anEntryMayBeAddedWhileAnotherExpires() {
        var again =
                new TimeoutList.Timeout() {
                    @Override
                    protected void expired() {
                        expired.add("again");
                        if (expired.size() < 3) {
                            second.add(this);
                        }
                    }
                };
        second.add(again);
        strand.advanceMillis(5000);
        assertThat(expired).containsExactly("again", "again", "again");
    }

    @Test
    void agreesWithASortedMapUnderRandomUse() {
        var random = new Random(1);
        var entries = new ArrayList<TimeoutList.Timeout>();
        var due = new TreeMap<Integer, Long>();
        for (int i = 0; i < 50; i++) {
            int n = i;
            entries.add(
                    new TimeoutList.Timeout() {
                        @Override
                        protected void expired() {
                            assertThat(due.remove(n)).isEqualTo(strand.nanoTime() / 1_000_000);
                        }
                    });
        }
        for (int step = 0; step < 20_000; step++) {
            int n = random.nextInt(50);
            if (random.nextInt(4) == 0) {
                entries.get(n).cancel();
                due.remove(n);
            } else {
                second.add(entries.get(n));
                due.put(n, strand.nanoTime() / 1_000_000 + 1000);
            }
            strand.advanceMillis(random.nextInt(60));
        }
        strand.advanceMillis(1000);
        assertThat(due).isEmpty();
    }
}
