package io.natter.websocket;

import io.natter.host.ClientAddress;
import io.natter.host.Cors;
import io.natter.host.MemoryBudget;
import io.natter.host.UpgradeExchange.Deflate;
import io.natter.host.dispatch.Dispatch;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The options of a [WebSocketServer]. Names are those of npm `ws` and of Socket.IO; each option is
/// explained at its setter in [Builder]. Immutable; any thread.
public final class WebSocketServerOptions {
    final @Nullable String path;
    final @Nullable Cors cors;
    final boolean checkOrigin;
    final @Nullable VerifyClient verifyClient;
    final List<String> subprotocols;
    final @Nullable HandleProtocols handleProtocols;
    final int maxPayload;
    final @Nullable Deflate perMessageDeflate;
    final long maxWaitingBytes;
    final int maxConnectionsPerAddress;
    final ClientAddress clientAddress;
    final int maxHandshakesInFlight;
    final MemoryBudget memoryBudget;
    final Dispatch dispatch;
    final Executor executor;

    private WebSocketServerOptions(Builder b) {
        path = b.path;
        cors = b.cors;
        checkOrigin = b.checkOrigin;
        verifyClient = b.verifyClient;
        subprotocols = b.subprotocols;
        handleProtocols = b.handleProtocols;
        maxPayload = b.maxPayload;
        perMessageDeflate = b.perMessageDeflate;
        maxWaitingBytes = b.maxWaitingBytes;
        maxConnectionsPerAddress = b.maxConnectionsPerAddress;
        clientAddress = b.clientAddress;
        maxHandshakesInFlight = b.maxHandshakesInFlight;
        memoryBudget = b.memoryBudget;
        dispatch = b.dispatch;
        executor = b.executor;
    }

    /// A builder with every option at its default.
    public static Builder builder() {
        return new Builder();
    }

    /// Makes [WebSocketServerOptions]; each method sets the option of its name.
    public static final class Builder {
        private @Nullable String path;
        private @Nullable Cors cors;
        private boolean checkOrigin = true;
        private @Nullable VerifyClient verifyClient;
        private List<String> subprotocols = List.of();
        private @Nullable HandleProtocols handleProtocols;
        private int maxPayload = 1 << 20;
        private @Nullable Deflate perMessageDeflate;
        private long maxWaitingBytes = 1 << 20;
        private int maxConnectionsPerAddress;
        private ClientAddress clientAddress = ClientAddress.PEER;
        private int maxHandshakesInFlight = 10_000;
        private MemoryBudget memoryBudget = MemoryBudget.shared();
        private Dispatch dispatch = Dispatch.VIRTUAL;
        private Executor executor = Thread::startVirtualThread;

        private Builder() {}

        /// The only path that is served. Default: every path that no other endpoint takes.
        ///
        /// @param value begins with `/`
        public Builder path(String value) {
            require(value.startsWith("/"), "path must start with /");
            path = value;
            return this;
        }

        /// The origins whose pages may connect, besides the server's own. Clients that send no
        /// `Origin`, as those that are no browsers, are accepted. Default: none.
        public Builder cors(Cors value) {
            cors = Objects.requireNonNull(value, "cors must not be null");
            return this;
        }

        /// Whether pages of other origins are refused with 403, unless [#cors] allows them. The
        /// server's own origin is the one that `Host` names, and over TLS that of `https` only.
        /// `wss://chat.example.com` counts as `https://chat.example.com`, because some clients that
        /// are no browsers name the WebSocket's own address. Default: true. npm `ws` has no such
        /// check.
        public Builder checkOrigin(boolean value) {
            checkOrigin = value;
            return this;
        }

        /// Accepts or refuses a client by its request, after the check of its origin. Default:
        /// every client is accepted.
        public Builder verifyClient(VerifyClient value) {
            verifyClient = Objects.requireNonNull(value, "verifyClient must not be null");
            return this;
        }

        /// Chooses the first of these that the client offers. Default: none is chosen.
        public Builder subprotocols(String... known) {
            subprotocols = List.of(known);
            return this;
        }

        /// Chooses a subprotocol by code. Replaces [#subprotocols].
        public Builder handleProtocols(HandleProtocols value) {
            handleProtocols = Objects.requireNonNull(value, "handleProtocols must not be null");
            return this;
        }

        /// The largest message, in bytes. A larger one closes the connection with 1009. Default: 1
        /// MiB. npm `ws` has 100 MiB.
        public Builder maxPayload(int bytes) {
            require(bytes > 0, "maxPayload must be positive");
            maxPayload = bytes;
            return this;
        }

        /// Agrees to permessage-deflate (RFC 7692), and how. Default: no compression.
        public Builder perMessageDeflate(Deflate value) {
            perMessageDeflate = Objects.requireNonNull(value, "perMessageDeflate must not be null");
            return this;
        }

        /// Compression of messages of at least 1024 bytes, as npm `ws` has it, or none.
        public Builder perMessageDeflate(boolean on) {
            perMessageDeflate = on ? new Deflate(1024) : null;
            return this;
        }

        /// The bytes that may wait for one client. If more wait when another message comes, the
        /// connection is closed. Default: 1 MiB; 0 for no limit.
        public Builder maxWaitingBytes(long bytes) {
            require(bytes >= 0, "maxWaitingBytes must not be negative");
            maxWaitingBytes = bytes;
            return this;
        }

        /// WebSockets open at a time, and handshakes under way, from one IP address or one /64
        /// network of IPv6. Further ones get 403. Default: 0 for no limit.
        public Builder maxConnectionsPerAddress(int value) {
            require(value >= 0, "maxConnectionsPerAddress must not be negative");
            maxConnectionsPerAddress = value;
            return this;
        }

        /// Finds the address of a client, for [#maxConnectionsPerAddress]. Default: the
        /// connection's own.
        public Builder clientAddress(ClientAddress value) {
            clientAddress = Objects.requireNonNull(value, "clientAddress must not be null");
            return this;
        }

        /// Handshakes that wait for [#verifyClient] or [#handleProtocols] at a time. Further ones
        /// get 503. Default: 10,000; 0 for no limit.
        public Builder maxHandshakesInFlight(int value) {
            require(value >= 0, "maxHandshakesInFlight must not be negative");
            maxHandshakesInFlight = value;
            return this;
        }

        /// The bytes that all clients together may make the server hold. Messages that wait for
        /// handlers count. Default: [MemoryBudget#shared].
        public Builder memoryBudget(MemoryBudget value) {
            memoryBudget = Objects.requireNonNull(value, "memoryBudget must not be null");
            return this;
        }

        /// Where handlers run. Default: [Dispatch#VIRTUAL].
        public Builder dispatch(Dispatch value) {
            dispatch = Objects.requireNonNull(value, "dispatch must not be null");
            return this;
        }

        /// Runs the handlers with [Dispatch#VIRTUAL]. Default: a new virtual thread for each task.
        public Builder executor(Executor value) {
            executor = Objects.requireNonNull(value, "executor must not be null");
            return this;
        }

        /// The options as set.
        public WebSocketServerOptions build() {
            return new WebSocketServerOptions(this);
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
