package io.natter.engine;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Whose connection a request is, for [EngineOptions#maxConnectionsPerAddress]. Behind a proxy
/// every connection has the proxy's address; a rule of one's own may then read what the proxy says
/// in a header, or except the proxy from the bound. It is asked when a session begins and again
/// when it ends and must answer alike; it runs on strands and must not block.
@FunctionalInterface
public interface ClientAddress {
    /// The address of the connection itself.
    ClientAddress PEER = request -> request.remoteAddress().getAddress();

    /// The address to count this request's session under, or null for one that is not counted.
    @Nullable InetAddress of(HttpRequest request);
}
