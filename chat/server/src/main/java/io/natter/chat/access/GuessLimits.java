package io.natter.chat.access;

import io.natter.chat.domain.ChatError;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits guesses of passwords in 15 minutes: 5 wrong ones of one account from one address, 50 of
/// one account from all addresses, 30 from one address for all accounts. Names without an account
/// count too. Any thread.
public final class GuessLimits {
    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int PER_PAIR = 5;
    static final int PER_ACCOUNT = 50;
    static final int PER_ADDRESS = 30;

    /// Names and addresses that are remembered; beyond that, those without a recent guess go first.
    private static final int MOST = 20_000;

    private final InstantSource clock;
    private final Map<String, Deque<Long>> guesses = new HashMap<>();

    private record Bound(String key, int most) {}

    /// Begins without a guess.
    ///
    /// @param clock one that only runs forward, as [MonotonicClock]
    public GuessLimits(InstantSource clock) {
        this.clock = clock;
    }

    /// Counts a guess before it is checked, so that guesses at the same time count too.
    ///
    /// @param account the key of the name
    /// @param address null for one without a limit of its own
    /// @throws io.natter.chat.domain.ChatException with `rate`
    public synchronized void begin(String account, @Nullable InetAddress address) {
        long now = clock.millis();
        if (guesses.size() > MOST) {
            guesses.values().removeIf(times -> old(times.getLast(), now));
        }
        List<Bound> bounds = bounds(account, address);
        for (Bound bound : bounds) {
            Deque<Long> times = times(bound.key(), now);
            if (times.size() >= bound.most()) {
                throw ChatError.rate(Duration.ofMillis(times.getFirst() + WINDOW.toMillis() - now))
                        .exception();
            }
        }
        bounds.forEach(
                bound -> guesses.computeIfAbsent(bound.key(), _ -> new ArrayDeque<>()).add(now));
    }

    /// The password was right: it counts as no guess.
    public synchronized void right(String account, @Nullable InetAddress address) {
        List<Bound> bounds = bounds(account, address);
        guesses.remove(bounds.getFirst().key());
        bounds.stream().skip(1).forEach(bound -> removeLast(bound.key()));
    }

    /// The guess was not checked.
    public synchronized void undo(String account, @Nullable InetAddress address) {
        bounds(account, address).forEach(bound -> removeLast(bound.key()));
    }

    private void removeLast(String key) {
        Deque<Long> times = guesses.get(key);
        if (times != null) {
            times.pollLast();
            if (times.isEmpty()) {
                guesses.remove(key);
            }
        }
    }

    private Deque<Long> times(String key, long now) {
        Deque<Long> times = guesses.get(key);
        if (times == null) {
            return new ArrayDeque<>();
        }
        while (!times.isEmpty() && old(times.getFirst(), now)) {
            times.removeFirst();
        }
        if (times.isEmpty()) {
            guesses.remove(key);
        }
        return times;
    }

    private static boolean old(long time, long now) {
        return time + WINDOW.toMillis() <= now;
    }

    private static List<Bound> bounds(String account, @Nullable InetAddress address) {
        Bound ofAccount = new Bound("account:" + account, PER_ACCOUNT);
        if (address == null) {
            return List.of(new Bound("pair::" + account, PER_PAIR), ofAccount);
        }
        String from = address.getHostAddress();
        return List.of(
                new Bound("pair:" + from + ':' + account, PER_PAIR),
                ofAccount,
                new Bound("address:" + from, PER_ADDRESS));
    }

    synchronized int size() {
        return guesses.size();
    }
}
