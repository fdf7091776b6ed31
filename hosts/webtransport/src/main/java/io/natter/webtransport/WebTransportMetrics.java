package io.natter.webtransport;

import io.natter.host.CountedHostMetrics;
import java.util.concurrent.atomic.LongAdder;

/// The counters of a [WebTransportHost].
final class WebTransportMetrics extends CountedHostMetrics {
    final LongAdder connections = new LongAdder();
    final LongAdder timeouts = new LongAdder();

    @Override
    public long connections() {
        return connections.sum();
    }

    @Override
    public long timeouts() {
        return timeouts.sum();
    }
}
