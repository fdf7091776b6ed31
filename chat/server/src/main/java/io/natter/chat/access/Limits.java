package io.natter.chat.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The limits of all people. [#forget] removes entries that were unused for a while, so the maps
/// hold who was here lately. Any thread.
///
/// [ClientAddresses] maps a request to its address; a request without one has no limit per address.
public final class Limits {
    /// Long enough for every bucket to be full again.
    private static final Duration KEPT = Duration.ofMinutes(10);

    /// Open at a time.
    public static final int SOCKETS_PER_ADDRESS = 64;

    private static final int CONNECTS_PER_MINUTE = 30;
    private static final int CONNECT_BURST = 60;

    private final InstantSource clock;
    private final ConcurrentMap<String, PersonLimits> people = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AddressLimit> addresses = new ConcurrentHashMap<>();

    /// Makes limits without entries.
    ///
    /// @param clock one that only runs forward, as [MonotonicClock]
    public Limits(InstantSource clock) {
        this.clock = clock;
    }

    public PersonLimits of(String personId) {
        return people.computeIfAbsent(personId, _ -> new PersonLimits(clock));
    }

    /// Counts one connection, or one signing in, from an address.
    ///
    /// @param address null for one without a limit
    /// @return how long to wait first; zero when it may come now
    public Duration connect(@Nullable InetAddress address) {
        if (address == null) {
            return Duration.ZERO;
        }
        long now = clock.millis();
        return addresses
                .computeIfAbsent(address.getHostAddress(), _ -> new AddressLimit(now))
                .connect(now);
    }

    /// Removes entries that were unused for a while.
    public void forget() {
        long then = clock.millis() - KEPT.toMillis();
        people.values().removeIf(limits -> limits.idleSince(then));
        addresses.values().removeIf(limit -> limit.idleSince(then));
    }

    public int size() {
        return people.size() + addresses.size();
    }

    private static final class AddressLimit {
        private final RateLimit connects;
        private long lastUse;

        AddressLimit(long now) {
            connects = new RateLimit(CONNECTS_PER_MINUTE / 60.0, CONNECT_BURST, now);
            lastUse = now;
        }

        synchronized Duration connect(long now) {
            lastUse = now;
            Duration wait = connects.waitFor(now);
            if (wait.isZero()) {
                connects.take();
            }
            return wait;
        }

        synchronized boolean idleSince(long then) {
            return lastUse < then;
        }
    }
}
