package io.natter.conformance.container;

import io.natter.host.Endpoint;
import io.natter.servlet.NatterServlet;
import jakarta.servlet.Filter;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/// A servlet container of this JVM, listening.
public interface Container extends AutoCloseable {
    /// The port that it listens on.
    int port();

    /// Stops the container, and with it the endpoint.
    @Override
    void close();

    /// How a container is started.
    ///
    /// @param host the address to listen on
    /// @param port 0 for any free one
    /// @param servlet serves every path
    /// @param filter runs before the servlet, or null
    /// @param webSocket whether the container offers WebSocket
    /// @param keys the certificate for TLS, or null
    record Setup(
            String host,
            int port,
            NatterServlet servlet,
            @Nullable Filter filter,
            boolean webSocket,
            @Nullable KeyStore keys) {
        /// The password of `keys`.
        public static final String PASSWORD = "test";

        /// Serves `endpoint` on the loopback address.
        public static Setup of(Endpoint endpoint) {
            return new Setup("127.0.0.1", 0, new NatterServlet(endpoint), null, true, null);
        }

        /// The same with a filter.
        public Setup filter(Filter value) {
            return new Setup(host, port, servlet, value, webSocket, keys);
        }

        /// The same without WebSocket.
        public Setup withoutWebSocket() {
            return new Setup(host, port, servlet, filter, false, keys);
        }
    }
}
