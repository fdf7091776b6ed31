package io.natter.netty.websocket;

import io.natter.host.ClientMemory;
import io.natter.host.MemoryBudget;
import io.natter.host.WebSocketConnection;
import io.natter.netty.loop.Connection;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.HostCounters;
import io.natter.netty.loop.StrandTraffic;

/// The bytes that a WebSocket holds for its client, counted for the memory budget. They are output
/// that the kernel did not take, and messages that are not whole. Any thread, unless a method says
/// otherwise.
abstract sealed class WebSocketMemory extends ClientMemory
        implements WebSocketConnection, Connection.User permits WebSocketOutput {
    final EventLoopStrand strand;
    final StrandTraffic traffic;

    WebSocketMemory(EventLoopStrand strand, HostCounters counters) {
        this.strand = strand;
        this.traffic = counters.on(strand);
    }

    @Override
    public final EventLoopStrand strand() {
        return strand;
    }

    public final HostCounters counters() {
        return traffic.counters;
    }

    @Override
    protected final MemoryBudget budget() {
        return counters().memory;
    }

    @Override
    public final void closeForMemory(String detail) {
        // An event loop that has ended releases all that was held on it.
        var ignored = strand.tryExecute(() -> overMemory(detail));
    }

    /// Closes the connection because it holds too much. On the strand.
    abstract void overMemory(String detail);
}
