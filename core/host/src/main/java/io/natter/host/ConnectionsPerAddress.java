package io.natter.host;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The places that each address has taken, for the option `maxConnectionsPerAddress`. A place is
/// taken before any other check of a connection, so no more than the limit can pass at a time. Any
/// thread.
public final class ConnectionsPerAddress {
    /// 64:ff9b::/96 (RFC 6052): behind it stands an address of IPv4.
    private static final byte[] TRANSLATED = {
        0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private final Map<InetAddress, Integer> taken = new ConcurrentHashMap<>();

    /// No places taken.
    public ConnectionsPerAddress() {}

    /// A place of an address, from the handshake to the end of the session.
    public static final class Place {
        /// For sessions that are not counted.
        public static final Place UNCOUNTED = new Place(null, null);

        private final @Nullable ConnectionsPerAddress count;
        private final @Nullable InetAddress key;
        private final AtomicBoolean free = new AtomicBoolean();

        private Place(@Nullable ConnectionsPerAddress count, @Nullable InetAddress key) {
            this.count = count;
            this.key = key;
        }

        /// The address that it counts for, as [#key] has it; null where sessions are not counted.
        public @Nullable InetAddress address() {
            return key;
        }

        /// Gives the place back. A second call has no effect.
        public void free() {
            if (count != null && key != null && free.compareAndSet(false, true)) {
                count.taken.computeIfPresent(key, (ignored, n) -> n == 1 ? null : n - 1);
            }
        }
    }

    /// A place for one more session of `address`, or null where there are `max` already.
    public @Nullable Place take(InetAddress address, int max) {
        var key = key(address);
        var full = new boolean[1];
        taken.compute(
                key,
                (ignored, n) -> {
                    int before = n == null ? 0 : n;
                    full[0] = before >= max;
                    return full[0] ? n : Integer.valueOf(before + 1);
                });
        return full[0] ? null : new Place(this, key);
    }

    /// The addresses that are counted together. The owner of an IPv6 address has its whole network,
    /// the first 64 bits (RFC 6177 §2).
    public static InetAddress key(InetAddress address) {
        var bytes = address.getAddress();
        boolean translated =
                bytes.length > TRANSLATED.length
                        && Arrays.equals(
                                bytes, 0, TRANSLATED.length, TRANSLATED, 0, TRANSLATED.length);
        return translated ? address : ForwardedClientAddress.network(address);
    }
}
