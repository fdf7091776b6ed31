package io.natter.netty;

import io.natter.engine.Tally;

/// What the WebSockets of one host move on one strand. On the strand.
final class Traffic {
    final HostMetrics host;
    final Tally.Part messagesIn;
    final Tally.Part messagesOut;
    final Tally.Part bytesIn;
    final Tally.Part bytesOut;

    Traffic(HostMetrics host) {
        this.host = host;
        messagesIn = host.messagesIn.part();
        messagesOut = host.messagesOut.part();
        bytesIn = host.bytesIn.part();
        bytesOut = host.bytesOut.part();
    }
}
