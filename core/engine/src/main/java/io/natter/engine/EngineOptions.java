package io.natter.engine;

import io.natter.host.ClientAddress;
import io.natter.host.Cors;
import io.natter.host.HttpRequest;
import io.natter.host.MemoryBudget;
import io.natter.host.UpgradeExchange;
import io.natter.protocol.EngineMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How an [EngineServer] behaves. Names and defaults are those of npm `engine.io`; the bounds at
/// the end are Natter's own. Immutable; made by [#builder].
///
/// @param pingInterval how long after the client's last pong the next ping is sent; 25 s
/// @param pingTimeout how long the client has to answer a ping; 20 s
/// @param upgradeTimeout how long a WebSocket has to complete an upgrade; 10 s
/// @param maxHttpBufferSize the largest POST body and WebSocket message, in bytes; 1,000,000.
///   Clients are told as `maxPayload`
/// @param transports the transports served; both
/// @param allowUpgrades whether polling clients are told of WebSocket; true
/// @param perMessageDeflate compression of WebSocket messages (RFC 7692); null, the default, for
///   none
/// @param httpCompressionThreshold polling answers of at least so many bytes are compressed with
///   gzip or deflate where the client accepts it; 1024, and negative for never
/// @param cors cross-origin access; null, the default, for none
/// @param cookie a cookie with the session's id; null, the default, for none
/// @param allowEio3 whether clients of Engine.IO 3 (Socket.IO 2) are served; false
/// @param allowRequest asked before a session is opened; null, the default, for none
/// @param generateId makes session ids; must not repeat and be hard to guess. Runs on a virtual
///   thread and may block. Null, the default, for 15 random and counted bytes in base64
/// @param initialPacket a message sent right behind the handshake, in the same answer; null, the
///   default, for none
/// @param path where the engine answers; `/engine.io`
/// @param addTrailingSlash whether the path ends with `/`; true
/// @param checkOrigin refuses requests whose `Origin` is neither the server's own (as `Host` names
///   it) nor allowed by `cors`, and requests for JSONP that do not show such a page by
///   `Sec-Fetch-Site` or `Referer`; true. npm `engine.io` has no such check
/// @param maxWaitingBytes how many bytes may wait for one client; when so many wait already, the
///   next message closes the session with `transport error`, by polling only when so many have
///   waited for ten seconds; 1 MiB, and 0 for no bound
/// @param maxWaitingPackets how many packets may wait for a polling client, in the same way;
///   32,768, and 0 for no bound
/// @param maxConnectionsPerAddress sessions open at a time, and handshakes under way, from one IP
///   address or one /64 network of IPv6; 0, the default, for no bound
/// @param clientAddress which address that is; the connection's own
/// @param maxHandshakesInFlight handshakes that wait for middleware, `allowRequest` or `generateId`
///   at a time, and apart from them as many requests of open sessions that wait for middleware;
///   10,000, and 0 for no bound
/// @param memoryBudget how many bytes all clients together may make the server hold; the JVM's own,
///   [MemoryBudget#shared]
public record EngineOptions(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        int maxHttpBufferSize,
        Set<TransportName> transports,
        boolean allowUpgrades,
        UpgradeExchange.@Nullable Deflate perMessageDeflate,
        int httpCompressionThreshold,
        @Nullable Cors cors,
        @Nullable CookieOptions cookie,
        boolean allowEio3,
        @Nullable AllowRequest allowRequest,
        @Nullable Function<HttpRequest, String> generateId,
        @Nullable EngineMessage initialPacket,
        String path,
        boolean addTrailingSlash,
        boolean checkOrigin,
        long maxWaitingBytes,
        int maxWaitingPackets,
        int maxConnectionsPerAddress,
        ClientAddress clientAddress,
        int maxHandshakesInFlight,
        MemoryBudget memoryBudget) {

    /// Every option at its default.
    public static final EngineOptions DEFAULT = builder().build();

    /// Checks that every figure makes sense.
    ///
    /// @throws IllegalArgumentException names the option at fault
    public EngineOptions {
        notNull("transports", transports);
        notNull("path", path);
        notNull("clientAddress", clientAddress);
        notNull("memoryBudget", memoryBudget);
        positive("pingInterval", pingInterval);
        positive("pingTimeout", pingTimeout);
        positive("upgradeTimeout", upgradeTimeout);
        require(maxHttpBufferSize > 0, "maxHttpBufferSize must be positive");
        require(!transports.isEmpty(), "transports must not be empty");
        require(path.startsWith("/"), "path must start with /");
        require(maxWaitingBytes >= 0, "maxWaitingBytes must not be negative");
        require(maxWaitingPackets >= 0, "maxWaitingPackets must not be negative");
        require(maxConnectionsPerAddress >= 0, "maxConnectionsPerAddress must not be negative");
        require(maxHandshakesInFlight >= 0, "maxHandshakesInFlight must not be negative");
        transports = Set.copyOf(transports);
    }

    private static void positive(String name, Duration value) {
        notNull(name, value);
        require(value.isPositive(), name + " must be positive, not " + value);
    }

    private static void notNull(String name, Object value) {
        Objects.requireNonNull(value, name + " must not be null");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /// The path below which requests belong to the engine: [#path] with or without its slash.
    public String prefix() {
        var bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return addTrailingSlash ? bare + "/" : bare;
    }

    /// A builder with every option at its default.
    public static Builder builder() {
        return new Builder();
    }

    /// A builder with every option as it is here.
    public Builder toBuilder() {
        var b = new Builder();
        b.pingInterval = pingInterval;
        b.pingTimeout = pingTimeout;
        b.upgradeTimeout = upgradeTimeout;
        b.maxHttpBufferSize = maxHttpBufferSize;
        b.transports = transports;
        b.allowUpgrades = allowUpgrades;
        b.perMessageDeflate = perMessageDeflate;
        b.httpCompressionThreshold = httpCompressionThreshold;
        b.cors = cors;
        b.cookie = cookie;
        b.allowEio3 = allowEio3;
        b.allowRequest = allowRequest;
        b.generateId = generateId;
        b.initialPacket = initialPacket;
        b.path = path;
        b.addTrailingSlash = addTrailingSlash;
        b.checkOrigin = checkOrigin;
        b.maxWaitingBytes = maxWaitingBytes;
        b.maxWaitingPackets = maxWaitingPackets;
        b.maxConnectionsPerAddress = maxConnectionsPerAddress;
        b.clientAddress = clientAddress;
        b.maxHandshakesInFlight = maxHandshakesInFlight;
        b.memoryBudget = memoryBudget;
        return b;
    }

    /// Makes [EngineOptions]; each method sets the option of its name.
    public static final class Builder {
        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(20);
        private Duration upgradeTimeout = Duration.ofSeconds(10);
        private int maxHttpBufferSize = 1_000_000;
        private Set<TransportName> transports =
                Set.of(TransportName.POLLING, TransportName.WEBSOCKET);
        private boolean allowUpgrades = true;
        private UpgradeExchange.@Nullable Deflate perMessageDeflate;
        private int httpCompressionThreshold = 1024;
        private @Nullable Cors cors;
        private @Nullable CookieOptions cookie;
        private boolean allowEio3;
        private @Nullable AllowRequest allowRequest;
        private @Nullable Function<HttpRequest, String> generateId;
        private @Nullable EngineMessage initialPacket;
        private String path = "/engine.io";
        private boolean addTrailingSlash = true;
        private boolean checkOrigin = true;
        private long maxWaitingBytes = 1 << 20;
        private int maxWaitingPackets = 32_768;
        private int maxConnectionsPerAddress;
        private ClientAddress clientAddress = ClientAddress.PEER;
        private int maxHandshakesInFlight = 10_000;
        private MemoryBudget memoryBudget = MemoryBudget.shared();

        private Builder() {}

        /// Sets [EngineOptions#pingInterval].
        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        /// Sets [EngineOptions#pingTimeout].
        public Builder pingTimeout(Duration value) {
            pingTimeout = value;
            return this;
        }

        /// Sets [EngineOptions#upgradeTimeout].
        public Builder upgradeTimeout(Duration value) {
            upgradeTimeout = value;
            return this;
        }

        /// Sets [EngineOptions#maxHttpBufferSize].
        public Builder maxHttpBufferSize(int value) {
            maxHttpBufferSize = value;
            return this;
        }

        /// Sets [EngineOptions#transports].
        public Builder transports(TransportName... value) {
            transports = Set.of(value);
            return this;
        }

        /// Sets [EngineOptions#allowUpgrades].
        public Builder allowUpgrades(boolean value) {
            allowUpgrades = value;
            return this;
        }

        /// Sets [EngineOptions#perMessageDeflate].
        public Builder perMessageDeflate(UpgradeExchange.@Nullable Deflate value) {
            perMessageDeflate = value;
            return this;
        }

        /// With the threshold of npm `engine.io`, 1024 bytes, or not at all.
        public Builder perMessageDeflate(boolean on) {
            return perMessageDeflate(on ? new UpgradeExchange.Deflate(1024) : null);
        }

        /// Sets [EngineOptions#httpCompressionThreshold].
        public Builder httpCompressionThreshold(int value) {
            httpCompressionThreshold = value;
            return this;
        }

        /// Sets [EngineOptions#cors].
        public Builder cors(@Nullable Cors value) {
            cors = value;
            return this;
        }

        /// Sets [EngineOptions#cookie].
        public Builder cookie(@Nullable CookieOptions value) {
            cookie = value;
            return this;
        }

        /// Sets [EngineOptions#allowEio3].
        public Builder allowEio3(boolean value) {
            allowEio3 = value;
            return this;
        }

        /// Sets [EngineOptions#allowRequest].
        public Builder allowRequest(@Nullable AllowRequest value) {
            allowRequest = value;
            return this;
        }

        /// Sets [EngineOptions#generateId].
        public Builder generateId(@Nullable Function<HttpRequest, String> value) {
            generateId = value;
            return this;
        }

        /// Sets [EngineOptions#initialPacket].
        public Builder initialPacket(@Nullable EngineMessage value) {
            initialPacket = value;
            return this;
        }

        /// Sets [EngineOptions#path].
        public Builder path(String value) {
            path = value;
            return this;
        }

        /// Sets [EngineOptions#addTrailingSlash].
        public Builder addTrailingSlash(boolean value) {
            addTrailingSlash = value;
            return this;
        }

        /// Sets [EngineOptions#checkOrigin].
        public Builder checkOrigin(boolean value) {
            checkOrigin = value;
            return this;
        }

        /// Sets [EngineOptions#maxWaitingBytes].
        public Builder maxWaitingBytes(long value) {
            maxWaitingBytes = value;
            return this;
        }

        /// Sets [EngineOptions#maxWaitingPackets].
        public Builder maxWaitingPackets(int value) {
            maxWaitingPackets = value;
            return this;
        }

        /// Sets [EngineOptions#maxConnectionsPerAddress].
        public Builder maxConnectionsPerAddress(int value) {
            maxConnectionsPerAddress = value;
            return this;
        }

        /// Sets [EngineOptions#clientAddress].
        public Builder clientAddress(ClientAddress value) {
            clientAddress = value;
            return this;
        }

        /// Sets [EngineOptions#maxHandshakesInFlight].
        public Builder maxHandshakesInFlight(int value) {
            maxHandshakesInFlight = value;
            return this;
        }

        /// Sets [EngineOptions#memoryBudget].
        public Builder memoryBudget(MemoryBudget value) {
            memoryBudget = value;
            return this;
        }

        /// The options.
        ///
        /// @throws IllegalArgumentException names the option that makes no sense
        public EngineOptions build() {
            return new EngineOptions(
                    pingInterval,
                    pingTimeout,
                    upgradeTimeout,
                    maxHttpBufferSize,
                    transports,
                    allowUpgrades,
                    perMessageDeflate,
                    httpCompressionThreshold,
                    cors,
                    cookie,
                    allowEio3,
                    allowRequest,
                    generateId,
                    initialPacket,
                    path,
                    addTrailingSlash,
                    checkOrigin,
                    maxWaitingBytes,
                    maxWaitingPackets,
                    maxConnectionsPerAddress,
                    clientAddress,
                    maxHandshakesInFlight,
                    memoryBudget);
        }
    }
}
