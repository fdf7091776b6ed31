package io.natter.spring.boot;

import io.natter.engine.TransportName;
import io.natter.host.Cors;
import io.natter.host.ForwardedClientAddress;
import io.natter.socketio.ConnectionStateRecovery;
import io.natter.socketio.SocketIoOptions;
import io.natter.spring.NatterSetupException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// The properties as options of the server.
final class PropertyOptions {
    private PropertyOptions() {}

    /// Sets the options that have a property.
    ///
    /// @param prefix stands before the path: the base path of WebFlux, or nothing
    /// @return `to`
    static SocketIoOptions.Builder apply(
            NatterProperties from, String prefix, SocketIoOptions.Builder to) {
        if (!from.path().startsWith("/") || from.barePath().isEmpty()) {
            throw new NatterSetupException(
                    "natter.path is \"" + from.path() + "\".",
                    "Set it to a path such as /socket.io: it starts with / and is not / itself.");
        }
        to.path(prefix + from.barePath());
        set(from.serveClient(), to::serveClient);
        set(from.transports(), each -> to.transports(each.toArray(TransportName[]::new)));
        set(from.allowUpgrades(), to::allowUpgrades);
        set(from.allowEio3(), to::allowEio3);
        set(from.pingInterval(), to::pingInterval);
        set(from.pingTimeout(), to::pingTimeout);
        set(from.upgradeTimeout(), to::upgradeTimeout);
        set(from.connectTimeout(), to::connectTimeout);
        set(from.maxHttpBufferSize(), size -> to.maxHttpBufferSize(bytes(size)));
        set(from.perMessageDeflate(), (Consumer<Boolean>) to::perMessageDeflate);
        set(from.maxConnectionsPerAddress(), to::maxConnectionsPerAddress);
        set(from.maxEventsPerSecond(), to::maxEventsPerSecond);
        set(from.maxWaitingBytes(), size -> to.maxWaitingBytes(size.toBytes()));
        to.checkOrigin(from.checkOrigin());
        if (!from.trustedProxies().isEmpty()) {
            to.clientAddress(ForwardedClientAddress.trusting(from.trustedProxies()));
        }
        cors(from.cors(), to);
        recovery(from.recovery(), to);
        return to;
    }

    private static void cors(NatterProperties.CorsProperties from, SocketIoOptions.Builder to) {
        if (from.allowedOrigins().isEmpty()) {
            return;
        }
        if (from.allowCredentials() && from.allowedOrigins().contains("*")) {
            throw new NatterSetupException(
                    "natter.cors.allowed-origins is * and natter.cors.allow-credentials is true:"
                            + " browsers refuse that.",
                    "Name the origins.");
        }
        to.cors(
                Cors.builder()
                        .origins(from.allowedOrigins().toArray(String[]::new))
                        .credentials(from.allowCredentials())
                        .build());
    }

    private static void recovery(NatterProperties.Recovery from, SocketIoOptions.Builder to) {
        if (from.enabled()) {
            to.connectionStateRecovery(
                    new ConnectionStateRecovery(
                            from.maxDisconnectionDuration(),
                            from.skipMiddlewares(),
                            ConnectionStateRecovery.DEFAULT.maxBytes()));
        }
    }

    private static int bytes(DataSize size) {
        return (int) Math.min(size.toBytes(), Integer.MAX_VALUE);
    }

    private static <T> void set(@Nullable T value, Consumer<T> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
