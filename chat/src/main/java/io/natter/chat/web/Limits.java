package io.natter.chat.web;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The limits of everybody. What has not been used for a while is forgotten by [#forget], so the
/// maps hold who was here lately. Any thread.
///
/// Loopback addresses have no limit of their own: that is the machine itself, or a proxy before the
/// chat behind which everybody shares it.
final class Limits {
    /// Long enough for every bucket to be full again.
    private static final Duration KEPT = Duration.ofMinutes(3);

    /// Open at a time.
    static final int SOCKETS_PER_ADDRESS = 64;

    private static final int CONNECTS_PER_MINUTE = 30;
    private static final int CONNECT_BURST = 60;

    private final InstantSource clock;
    private final ConcurrentMap<String, PersonLimits> people = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AddressLimit> addresses = new ConcurrentHashMap<>();

    Limits(InstantSource clock) {
        this.clock = clock;
    }

    PersonLimits of(String personId) {
        return people.computeIfAbsent(personId, _ -> new PersonLimits(clock.millis()));
    }

    /// Whether visitors who have nothing to do with each other may come from this address.
    static boolean isShared(InetAddress address) {
        return address.isLoopbackAddress();
    }

    /// Counts one connection, or one signing in, from an address.
    ///
    /// @return how long to wait first; zero when it may come now
    Duration connect(InetAddress address) {
        if (isShared(address)) {
            return Duration.ZERO;
        }
        long now = clock.millis();
        return addresses
                .computeIfAbsent(address.getHostAddress(), _ -> new AddressLimit(now))
                .connect(now);
    }

    /// Drops what nobody used for a while.
    void forget() {
        long then = clock.millis() - KEPT.toMillis();
        people.values().removeIf(limits -> limits.idleSince(then));
        addresses.values().removeIf(limit -> limit.idleSince(then));
    }

    int size() {
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
