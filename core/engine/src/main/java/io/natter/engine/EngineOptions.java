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

/// The options of an [EngineServer]. Immutable; made by [#builder], whose methods explain each
/// option.
public final class EngineOptions {
    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final Duration upgradeTimeout;
    private final int maxHttpBufferSize;
    private final Set<TransportName> transports;
    private final boolean allowUpgrades;
    private final UpgradeExchange.@Nullable Deflate perMessageDeflate;
    private final int httpCompressionThreshold;
    private final @Nullable Cors cors;
    private final @Nullable CookieOptions cookie;
    private final boolean allowEio3;
    private final @Nullable AllowRequest allowRequest;
    private final @Nullable Function<HttpRequest, String> generateId;
    private final @Nullable EngineMessage initialPacket;
    private final String path;
    private final boolean addTrailingSlash;
    private final boolean checkOrigin;
    private final long maxWaitingBytes;
    private final int maxWaitingPackets;
    private final int maxConnectionsPerAddress;
    private final ClientAddress clientAddress;
    private final int maxHandshakesInFlight;
    private final MemoryBudget memoryBudget;

    /// Every option at its default.
    public static final EngineOptions DEFAULT = builder().build();

    /// Checks every value.
    ///
    /// @throws IllegalArgumentException names the invalid option
    EngineOptions(EngineOptionsBuilder<?> from) {
        notNull("transports", from.transports);
        notNull("path", from.path);
        notNull("clientAddress", from.clientAddress);
        notNull("memoryBudget", from.memoryBudget);
        positive("pingInterval", from.pingInterval);
        positive("pingTimeout", from.pingTimeout);
        positive("upgradeTimeout", from.upgradeTimeout);
        require(from.maxHttpBufferSize > 0, "maxHttpBufferSize must be positive");
        require(!from.transports.isEmpty(), "transports must not be empty");
        require(from.path.startsWith("/"), "path must start with /");
        require(from.maxWaitingBytes >= 0, "maxWaitingBytes must not be negative");
        require(from.maxWaitingPackets >= 0, "maxWaitingPackets must not be negative");
        require(
                from.maxConnectionsPerAddress >= 0,
                "maxConnectionsPerAddress must not be negative");
        require(from.maxHandshakesInFlight >= 0, "maxHandshakesInFlight must not be negative");
        pingInterval = from.pingInterval;
        pingTimeout = from.pingTimeout;
        upgradeTimeout = from.upgradeTimeout;
        maxHttpBufferSize = from.maxHttpBufferSize;
        transports = Set.copyOf(from.transports);
        allowUpgrades = from.allowUpgrades;
        perMessageDeflate = from.perMessageDeflate;
        httpCompressionThreshold = from.httpCompressionThreshold;
        cors = from.cors;
        cookie = from.cookie;
        allowEio3 = from.allowEio3;
        allowRequest = from.allowRequest;
        generateId = from.generateId;
        initialPacket = from.initialPacket;
        path = from.path;
        addTrailingSlash = from.addTrailingSlash;
        checkOrigin = from.checkOrigin;
        maxWaitingBytes = from.maxWaitingBytes;
        maxWaitingPackets = from.maxWaitingPackets;
        maxConnectionsPerAddress = from.maxConnectionsPerAddress;
        clientAddress = from.clientAddress;
        maxHandshakesInFlight = from.maxHandshakesInFlight;
        memoryBudget = from.memoryBudget;
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

    /// Makes [EngineOptions]; each method sets the option of its name.
    public static final class Builder extends EngineOptionsBuilder<Builder> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /// The options.
        ///
        /// @throws IllegalArgumentException names the invalid option
        public EngineOptions build() {
            return engineOptions();
        }
    }

    /// [Builder#pingInterval]
    public Duration pingInterval() {
        return pingInterval;
    }

    /// [Builder#pingTimeout]
    public Duration pingTimeout() {
        return pingTimeout;
    }

    /// [Builder#upgradeTimeout]
    public Duration upgradeTimeout() {
        return upgradeTimeout;
    }

    /// [Builder#maxHttpBufferSize]
    public int maxHttpBufferSize() {
        return maxHttpBufferSize;
    }

    /// [Builder#transports]
    public Set<TransportName> transports() {
        return transports;
    }

    /// [Builder#allowUpgrades]
    public boolean allowUpgrades() {
        return allowUpgrades;
    }

    /// [Builder#perMessageDeflate(UpgradeExchange.Deflate)]
    public UpgradeExchange.@Nullable Deflate perMessageDeflate() {
        return perMessageDeflate;
    }

    /// [Builder#httpCompressionThreshold]
    public int httpCompressionThreshold() {
        return httpCompressionThreshold;
    }

    /// [Builder#cors(Cors)]
    public @Nullable Cors cors() {
        return cors;
    }

    /// [Builder#cookie]
    public @Nullable CookieOptions cookie() {
        return cookie;
    }

    /// [Builder#allowEio3]
    public boolean allowEio3() {
        return allowEio3;
    }

    /// [Builder#allowRequest]
    public @Nullable AllowRequest allowRequest() {
        return allowRequest;
    }

    /// [Builder#generateId]
    public @Nullable Function<HttpRequest, String> generateId() {
        return generateId;
    }

    /// [Builder#initialPacket]
    public @Nullable EngineMessage initialPacket() {
        return initialPacket;
    }

    /// [Builder#path]
    public String path() {
        return path;
    }

    /// [Builder#addTrailingSlash]
    public boolean addTrailingSlash() {
        return addTrailingSlash;
    }

    /// [Builder#checkOrigin]
    public boolean checkOrigin() {
        return checkOrigin;
    }

    /// [Builder#maxWaitingBytes]
    public long maxWaitingBytes() {
        return maxWaitingBytes;
    }

    /// [Builder#maxWaitingPackets]
    public int maxWaitingPackets() {
        return maxWaitingPackets;
    }

    /// [Builder#maxConnectionsPerAddress]
    public int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    /// [Builder#clientAddress]
    public ClientAddress clientAddress() {
        return clientAddress;
    }

    /// [Builder#maxHandshakesInFlight]
    public int maxHandshakesInFlight() {
        return maxHandshakesInFlight;
    }

    /// [Builder#memoryBudget]
    public MemoryBudget memoryBudget() {
        return memoryBudget;
    }
}
