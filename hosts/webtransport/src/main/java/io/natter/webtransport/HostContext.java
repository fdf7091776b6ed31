package io.natter.webtransport;

import io.natter.host.Endpoint;
import io.natter.host.MemoryBudget;
import io.natter.host.strand.SerialStrands;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The state that the connections of a host share.
///
/// @param maxConnections how many may be open at once
/// @param open how many are
record HostContext(
        List<Endpoint> endpoints,
        SerialStrands strands,
        MemoryBudget budget,
        WebTransportMetrics metrics,
        int maxConnections,
        AtomicInteger open) {

    /// The endpoint for a session at `path`, or null.
    @Nullable Endpoint find(String path) {
        for (var endpoint : endpoints) {
            if (endpoint.matchesWebTransport(path)) {
                return endpoint;
            }
        }
        return null;
    }
}
