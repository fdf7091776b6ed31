package io.natter.engine;

import io.natter.host.HttpRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Whose connection a request is, for [EngineOptions#maxConnectionsPerAddress]. Behind a proxy
/// every connection has the proxy's address: [ForwardedClientAddress] reads what trusted proxies
/// say, and a rule of one's own may do otherwise, or except the proxy from the bound. It is asked
/// once for a handshake, on its strand, and must not block.
@FunctionalInterface
public interface ClientAddress {
    /// The address of the connection itself.
    ClientAddress PEER = request -> request.remoteAddress().getAddress();

    /// The address to count this request's session under, or null for one that is not counted.
    @Nullable InetAddress of(HttpRequest request);
}
