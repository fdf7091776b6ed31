package io.natter.engine;

import io.natter.host.ClientAddress;
import io.natter.host.Cors;
import io.natter.host.HttpRequest;
import io.natter.host.MemoryBudget;
import io.natter.host.UpgradeExchange;
import io.natter.protocol.EngineMessage;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The options of the connections, for the builder of [EngineOptions] and for builders of servers
/// on top of the engine, which add their own. Names and defaults are those of npm `engine.io`; from
/// [#checkOrigin] on they are Natter's own. An option that is not set has its default.
///
/// @param <B> the builder itself
public abstract class EngineOptionsBuilder<B extends EngineOptionsBuilder<B>> {
    Duration pingInterval = Duration.ofSeconds(25);
    Duration pingTimeout = Duration.ofSeconds(20);
    Duration upgradeTimeout = Duration.ofSeconds(10);
    int maxHttpBufferSize = 1_000_000;
    Set<TransportName> transports = Set.of(TransportName.POLLING, TransportName.WEBSOCKET);
    boolean allowUpgrades = true;
    UpgradeExchange.@Nullable Deflate perMessageDeflate;
    int httpCompressionThreshold = 1024;
    @Nullable Cors cors;
    @Nullable CookieOptions cookie;
    boolean allowEio3;
    @Nullable AllowRequest allowRequest;
    @Nullable Function<HttpRequest, String> generateId;
    @Nullable EngineMessage initialPacket;
    String path = "/engine.io";
    boolean addTrailingSlash = true;
    boolean checkOrigin = true;
    long maxWaitingBytes = 1 << 20;
    int maxWaitingPackets = 32_768;
    int maxConnectionsPerAddress;
    ClientAddress clientAddress = ClientAddress.PEER;
    int maxHandshakesInFlight = 10_000;
    MemoryBudget memoryBudget = MemoryBudget.shared();

    /// With every option at its default.
    protected EngineOptionsBuilder() {}

    /// This builder.
    protected abstract B self();

    /// The options of the connections.
    ///
    /// @throws IllegalArgumentException names the invalid option
    protected final EngineOptions engineOptions() {
        return new EngineOptions(this);
    }

    /// How long after the client's last pong the next ping is sent; 25 s.
    public final B pingInterval(Duration value) {
        pingInterval = value;
        return self();
    }

    /// How long the client has to answer a ping; 20 s.
    public final B pingTimeout(Duration value) {
        pingTimeout = value;
        return self();
    }

    /// How long a WebSocket has to complete an upgrade; 10 s.
    public final B upgradeTimeout(Duration value) {
        upgradeTimeout = value;
        return self();
    }

    /// The largest POST body and WebSocket message, in bytes; 1,000,000. Clients are told as
    /// `maxPayload`.
    public final B maxHttpBufferSize(int value) {
        maxHttpBufferSize = value;
        return self();
    }

    /// The transports served; polling and WebSocket. WebTransport also needs a host that has it.
    public final B transports(TransportName... value) {
        transports = Set.of(value);
        return self();
    }

    /// Whether the handshake offers the other transports to polling clients; true.
    public final B allowUpgrades(boolean value) {
        allowUpgrades = value;
        return self();
    }

    /// Compression of WebSocket messages (RFC 7692) of at least a number of bytes; null, the
    /// default, for none.
    public final B perMessageDeflate(UpgradeExchange.@Nullable Deflate value) {
        perMessageDeflate = value;
        return self();
    }

    /// With the threshold of npm `engine.io`, 1024 bytes, or not at all.
    public final B perMessageDeflate(boolean on) {
        return perMessageDeflate(on ? new UpgradeExchange.Deflate(1024) : null);
    }

    /// The size in bytes from which polling answers are compressed with gzip or deflate, if the
    /// client accepts it; 1024, and negative for never.
    public final B httpCompressionThreshold(int value) {
        httpCompressionThreshold = value;
        return self();
    }

    /// Cross-origin access; by default none.
    public final B cors(Cors value) {
        cors = value;
        return self();
    }

    /// Cross-origin access for pages of these origins: [Cors#origins].
    public final B cors(String... origins) {
        return cors(Cors.origins(origins));
    }

    /// A cookie with the session's id; by default none.
    public final B cookie(CookieOptions value) {
        cookie = value;
        return self();
    }

    /// Whether clients of Engine.IO 3 (Socket.IO 2) are served; false.
    public final B allowEio3(boolean value) {
        allowEio3 = value;
        return self();
    }

    /// Asked before a session is opened; by default all are allowed.
    public final B allowRequest(AllowRequest value) {
        allowRequest = value;
        return self();
    }

    /// Makes session ids, which must not repeat and must be hard to guess. Runs on a virtual thread
    /// and may block. By default 15 random and counted bytes in base64.
    public final B generateId(Function<HttpRequest, String> value) {
        generateId = value;
        return self();
    }

    /// A message that is sent in the answer to the handshake; by default none.
    public final B initialPacket(EngineMessage value) {
        initialPacket = value;
        return self();
    }

    /// The path where the server answers; `/engine.io`, with Socket.IO `/socket.io`.
    public final B path(String value) {
        path = value;
        return self();
    }

    /// Whether the path ends with `/`; true.
    public final B addTrailingSlash(boolean value) {
        addTrailingSlash = value;
        return self();
    }

    /// Refuses requests whose `Origin` is neither the server's own (by `Host`) nor allowed by
    /// `cors`; true. Also refuses requests for JSONP that do not name an own or allowed page by
    /// `Sec-Fetch-Site` or `Referer`. npm `engine.io` has no such check.
    public final B checkOrigin(boolean value) {
        checkOrigin = value;
        return self();
    }

    /// The bytes that may wait for one client. When as many wait already, the next message closes
    /// the session with `transport error`; by polling only when they have waited for ten seconds. 1
    /// MiB, and 0 for no limit.
    public final B maxWaitingBytes(long value) {
        maxWaitingBytes = value;
        return self();
    }

    /// The packets that may wait for a polling client, in the same way; 32,768, and 0 for no limit.
    public final B maxWaitingPackets(int value) {
        maxWaitingPackets = value;
        return self();
    }

    /// Sessions open at a time, and handshakes under way, from one IP address or one /64 network of
    /// IPv6; 0, the default, for no limit.
    public final B maxConnectionsPerAddress(int value) {
        maxConnectionsPerAddress = value;
        return self();
    }

    /// Finds the address of a client, for [#maxConnectionsPerAddress]; by default the connection's
    /// own.
    public final B clientAddress(ClientAddress value) {
        clientAddress = value;
        return self();
    }

    /// Handshakes that wait for middleware, `allowRequest` or `generateId` at a time. As many
    /// requests of open sessions may wait for middleware besides them. 10,000, and 0 for no limit.
    public final B maxHandshakesInFlight(int value) {
        maxHandshakesInFlight = value;
        return self();
    }

    /// The bytes that all clients together may make the server hold; [MemoryBudget#shared].
    public final B memoryBudget(MemoryBudget value) {
        memoryBudget = value;
        return self();
    }
}
