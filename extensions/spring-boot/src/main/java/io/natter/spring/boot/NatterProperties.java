package io.natter.spring.boot;

import io.natter.engine.TransportName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The properties `natter.*`. One that is not set leaves the option of the server at its default.
/// One that does not exist, as a misspelt one, fails the start.
///
/// @param enabled whether there is a server at all
/// @param path where it answers, below the context path
/// @param serveClient whether the browser's client is served below the path
/// @param transports the transports that are served
/// @param allowUpgrades whether polling clients are told of WebSocket
/// @param allowEio3 whether clients of Socket.IO 2 are served
/// @param pingInterval how long after the last pong the next ping is sent
/// @param pingTimeout how long a client has to answer a ping
/// @param upgradeTimeout how long a WebSocket has to complete an upgrade
/// @param connectTimeout how long a connection may be open without a namespace
/// @param maxHttpBufferSize the largest message of a client
/// @param perMessageDeflate whether WebSocket messages are compressed
/// @param maxConnectionsPerAddress sessions open at a time from one address
/// @param maxEventsPerSecond events of one socket in a second
/// @param maxWaitingBytes how much may wait for one client
/// @param checkOrigin whether requests of foreign origins are refused
/// @param trustedProxies proxies whose `X-Forwarded-For` is believed
/// @param drainWindow over which time clients are sent away when the application stops
/// @param cors cross-origin access
/// @param recovery connection state recovery
/// @param security how it works with Spring Security
@ConfigurationProperties(prefix = "natter", ignoreUnknownFields = false)
public record NatterProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/socket.io") String path,
        @Nullable Boolean serveClient,
        @Nullable Set<TransportName> transports,
        @Nullable Boolean allowUpgrades,
        @Nullable Boolean allowEio3,
        @Nullable Duration pingInterval,
        @Nullable Duration pingTimeout,
        @Nullable Duration upgradeTimeout,
        @Nullable Duration connectTimeout,
        @Nullable DataSize maxHttpBufferSize,
        @Nullable Boolean perMessageDeflate,
        @Nullable Integer maxConnectionsPerAddress,
        @Nullable Integer maxEventsPerSecond,
        @Nullable DataSize maxWaitingBytes,
        @DefaultValue("true") boolean checkOrigin,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("5s") Duration drainWindow,
        @DefaultValue CorsProperties cors,
        @DefaultValue Recovery recovery,
        @DefaultValue Security security) {

    /// Cross-origin access.
    ///
    /// @param allowedOrigins pages of these origins may connect; `*` allows all
    /// @param allowCredentials whether they may send cookies
    public record CorsProperties(
            @DefaultValue List<String> allowedOrigins,
            @DefaultValue("false") boolean allowCredentials) {}

    /// Connection state recovery.
    ///
    /// @param enabled whether it is on
    /// @param maxDisconnectionDuration how long a client may be away
    /// @param skipMiddlewares whether a recovered client passes without being asked again
    public record Recovery(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("2m") Duration maxDisconnectionDuration,
            @DefaultValue("true") boolean skipMiddlewares) {}

    /// How it works with Spring Security.
    ///
    /// @param skipCsrf whether requests below the path need no CSRF token
    public record Security(@DefaultValue("true") boolean skipCsrf) {}

    /// The path without a slash at its end.
    String barePath() {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
