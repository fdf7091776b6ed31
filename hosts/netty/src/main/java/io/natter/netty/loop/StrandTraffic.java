package io.natter.netty.loop;

import io.natter.host.StrandCounter;

/// The traffic of one host's WebSockets on one strand. On the strand.
public final class StrandTraffic {
    public final HostCounters counters;
    public final StrandCounter.Cell messagesIn;
    public final StrandCounter.Cell messagesOut;
    public final StrandCounter.Cell bytesIn;
    public final StrandCounter.Cell bytesOut;

    StrandTraffic(HostCounters counters) {
        this.counters = counters;
        messagesIn = counters.messagesIn.cell();
        messagesOut = counters.messagesOut.cell();
        bytesIn = counters.bytesIn.cell();
        bytesOut = counters.bytesOut.cell();
    }
}
