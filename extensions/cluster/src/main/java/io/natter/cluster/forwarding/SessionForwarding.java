package io.natter.cluster.forwarding;

import io.natter.socketio.SocketIoServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Makes a cluster work without sticky sessions. A request may reach any server. A server that does
/// not have the session passes the request on to the one that has it, over HTTP. It passes the
/// answer back. A WebSocket that reaches another server than its session is passed on message by
/// message.
///
/// ```java
/// RedisAdapter redis = RedisAdapter.connect("redis://10.0.0.9:6379");
/// SocketIoServer io = SocketIoServer.create(SocketIoOptions.builder().adapter(redis).build());
/// SessionForwarding.attach(io, "http://10.0.0.3:3000");
/// ```
///
/// The servers learn of each other's addresses by messages over the adapter, so that whoever may
/// send such messages decides where requests go. They need the same path and the same
/// `maxHttpBufferSize`. Servers on Node.js take no part: their sessions need sticky sessions.
///
/// The server that has a session makes all checks, and sees the client's own address and headers.
/// If it cannot be reached, the client is told that its session is unknown, and begins a new one.
/// Forwarding ends when the server closes. Any thread.
public final class SessionForwarding {
    private final Servers servers;
    private final ForwardingMetrics metrics;

    private SessionForwarding(Servers servers, ForwardingMetrics metrics) {
        this.servers = servers;
        this.metrics = metrics;
    }

    /// Passes requests on with default options. Call it before or after the host listens. Sessions
    /// that were opened before stay on this server.
    ///
    /// @param address at which the other servers reach this one, such as `http://10.0.0.3:3000`
    /// @throws IllegalArgumentException if it is no such address
    /// @throws IllegalStateException if the server has the option `generateId`, or passes requests
    ///   on already
    public static SessionForwarding attach(SocketIoServer io, String address) {
        return builder().address(address).attach(io);
    }

    /// Begins with default options and without an address.
    public static Builder builder() {
        return new Builder();
    }

    /// How many other servers this one knows.
    public int otherServers() {
        return servers.size();
    }

    /// The counters of this server.
    public ForwardingMetrics metrics() {
        return metrics;
    }

    /// Options.
    public static final class Builder {
        private @Nullable URI address;
        private Duration connectTimeout = Duration.ofSeconds(2);
        private int maxInFlight = 10_000;
        private long maxWaitingBytes = 64L << 20;
        private @Nullable SSLContext sslContext;

        private Builder() {}

        /// The address at which the other servers reach this one: `http` or `https`, host and port.
        /// A private network is the right place, because requests and cookies travel there.
        ///
        /// @throws IllegalArgumentException if it is no such address
        public Builder address(String value) {
            address = OtherServer.address(value);
            return this;
        }

        /// How long another server has to accept a connection, 2 seconds by default. If it does
        /// not, the client is told that its session is unknown.
        public Builder connectTimeout(Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("connectTimeout is " + value);
            }
            connectTimeout = value;
            return this;
        }

        /// How many requests and WebSockets are passed on at a time, 10,000 by default. Further
        /// ones are answered with 503 and counted.
        public Builder maxInFlight(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxInFlight is " + value);
            }
            maxInFlight = value;
            return this;
        }

        /// How many bytes of requests may wait for other servers, 64 MiB by default. Requests
        /// beyond that are answered with 503 and counted.
        public Builder maxWaitingBytes(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxWaitingBytes is " + value);
            }
            maxWaitingBytes = value;
            return this;
        }

        /// Checks the certificates of servers whose address is `https`; by default those that Java
        /// trusts.
        public Builder sslContext(SSLContext value) {
            sslContext = value;
            return this;
        }

        /// Passes requests on for this server. See [SessionForwarding#attach].
        public SessionForwarding attach(SocketIoServer io) {
            if (address == null) {
                throw new IllegalArgumentException(
                        "the address at which other servers reach this one is missing");
            }
            var metrics = new ForwardingMetrics();
            var servers = new Servers(address, metrics);
            var http =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .proxy(HttpClient.Builder.NO_PROXY)
                            .connectTimeout(connectTimeout)
                            .executor(Executors.newVirtualThreadPerTaskExecutor());
            if (sslContext != null) {
                http.sslContext(sslContext);
            }
            var announcements = new Announcements(io, servers);
            var line =
                    new Line(
                            http.build(),
                            io.options().engine(),
                            connectTimeout,
                            new InFlight(maxInFlight, maxWaitingBytes, metrics),
                            metrics);
            io.engine().forwardBy(new Forwarder(servers, line, announcements));
            announcements.begin();
            return new SessionForwarding(servers, metrics);
        }
    }
}
