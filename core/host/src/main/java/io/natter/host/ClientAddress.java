package io.natter.host;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Finds the client of a request, for limits such as `maxConnectionsPerAddress`. Behind a proxy
/// every connection has the proxy's address: [ForwardedClientAddress] reads what trusted proxies
/// say. An application's own rule may decide otherwise, or exempt the proxy from the limit. It is
/// asked once for a handshake, on its strand, and must not block.
@FunctionalInterface
public interface ClientAddress {
    /// The address of the connection itself.
    ClientAddress PEER = request -> request.remoteAddress().getAddress();

    /// The address to count this request's session under, or null for one that is not counted.
    @Nullable InetAddress of(HttpRequest request);
}
