package io.natter.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/// Counts by key, and knows the key with the highest count at any time. Each step takes logarithmic
/// time. One thread.
final class Tallies<K> {
    private final Map<K, Integer> counts = new HashMap<>();

    /// The keys of each count, in the order in which they reached it.
    private final TreeMap<Integer, LinkedHashSet<K>> byCount = new TreeMap<>();

    void increment(K key) {
        change(key, 1);
    }

    /// Takes one off the count of a key that has been counted.
    void decrement(K key) {
        change(key, -1);
    }

    private void change(K key, int step) {
        int before = counts.getOrDefault(key, 0);
        int after = before + step;
        if (before > 0) {
            var equals = byCount.get(before);
            if (equals != null && equals.remove(key) && equals.isEmpty()) {
                byCount.remove(before);
            }
        }
        if (after > 0) {
            counts.put(key, after);
            byCount.computeIfAbsent(after, ignored -> new LinkedHashSet<>(2)).add(key);
        } else {
            counts.remove(key);
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /// The key with the highest count. Of several, the one that reached that count first.
    ///
    /// @throws NoSuchElementException if nothing is counted
    K highest() {
        return byCount.lastEntry().getValue().getFirst();
    }
}
