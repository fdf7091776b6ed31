package io.natter.cluster.forwarding;

import io.natter.host.Loggers;
import io.natter.host.RateLimitedLog;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// This server and the others that it knows. Any thread.
final class Servers {
    private static final Logger LOG = Loggers.of(SessionForwarding.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TAG_BYTES = 3;
    private static final int TAG_LENGTH = 4;

    /// Further servers are not heard.
    private static final int MAX_OTHERS = 1_000;

    private final RateLimitedLog log = new RateLimitedLog(SessionForwarding.class);
    private final Map<String, OtherServer> others = new ConcurrentHashMap<>();
    private final ForwardingMetrics metrics;
    private final String address;
    private final String key = random(OtherServer.KEY_BYTES);
    private final Signature signature = new Signature(Base64.getUrlDecoder().decode(key));
    private volatile String tag = random(TAG_BYTES);

    Servers(URI address, ForwardingMetrics metrics) {
        this.address = address.toString();
        this.metrics = metrics;
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /// The first characters of the ids of this server's sessions.
    String tag() {
        return tag;
    }

    String address() {
        return address;
    }

    String key() {
        return key;
    }

    Signature signature() {
        return signature;
    }

    int size() {
        return others.size();
    }

    /// The server that has the session, as far as its id tells; null where it is none that is
    /// known.
    @Nullable OtherServer of(String sid) {
        return sid.length() <= TAG_LENGTH ? null : others.get(sid.substring(0, TAG_LENGTH));
    }

    /// Another server has announced itself.
    ///
    /// @return whether this server has a new tag, because the other has the same
    boolean heard(String itsTag, String itsAddress, String itsKey) {
        OtherServer other;
        try {
            other = new OtherServer(itsTag, itsAddress, itsKey);
        } catch (IllegalArgumentException e) {
            metrics.malformed.increment();
            log.warn(
                    "announcement",
                    "the announcement of another server cannot be read: {}",
                    RateLimitedLog.text(String.valueOf(e.getMessage())));
            return false;
        }
        if (itsKey.equals(key)) {
            return false;
        }
        var known = others.get(itsTag);
        if (known != null && known.isSame(other)) {
            return false;
        } else if (known == null && others.size() >= MAX_OTHERS) {
            metrics.malformed.increment();
            log.warn("too many servers", "more than {} other servers are announced", MAX_OTHERS);
            return false;
        }
        if (other.isAt(address)) {
            log.warn(
                    "address",
                    "another server announces the address of this one, {}: each needs its own",
                    address);
        }
        // One that has started anew at this address has another tag.
        others.values().removeIf(server -> server.isReplacedBy(other));
        others.put(itsTag, other);
        LOG.debug("the server {} is at {}", itsTag, itsAddress);
        boolean same = itsTag.equals(tag);
        // Of two servers with one tag, one takes another.
        if (same && key.compareTo(itsKey) < 0) {
            tag = random(TAG_BYTES);
            return true;
        }
        return false;
    }

    /// Another server closes.
    void gone(String itsTag, String itsKey) {
        others.computeIfPresent(
                itsTag, (ignored, server) -> server.key().equals(itsKey) ? null : server);
    }
}
