package io.natter.netty.websocket;

import io.natter.host.MemoryAccount;
import io.natter.host.WebSocketConnection;
import io.natter.netty.loop.Connection;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.HostCounters;
import io.natter.netty.loop.StrandTraffic;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// What a WebSocket holds for its client, counted for the memory budget of all clients: output that
/// the kernel did not take, messages that are not whole, and what waits for handlers. A client that
/// never holds enough to be counted has no account. Any thread, unless a method says otherwise.
abstract sealed class WebSocketMemory implements WebSocketConnection, Connection.User
        permits WebSocketOutput {
    final EventLoopStrand strand;
    final StrandTraffic traffic;

    private volatile @Nullable MemoryAccount account;

    /// Whether the line is down. Guarded by this.
    private boolean gone;

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

    /// Reports that one place holds `after` bytes for this connection, and not `before` any more.
    @Override
    public final void holds(long before, long after) {
        if (MemoryAccount.isCounted(before, after)) {
            var known = account;
            (known != null ? known : openAccount()).changed(before, after);
        }
    }

    private synchronized MemoryAccount openAccount() {
        var known = account;
        if (known == null) {
            known = counters().memory.open(this::closeForMemory);
            account = known;
            if (gone) {
                known.close();
            }
        }
        return known;
    }

    private void closeForMemory(String detail) {
        try {
            strand.execute(() -> overMemory(detail));
        } catch (RejectedExecutionException ignored) {
            // The event loop has ended, and all that was held on it goes.
        }
    }

    /// Closes the connection because it holds too much. On the strand.
    abstract void overMemory(String detail);

    /// The line is down.
    final synchronized void closeAccount() {
        gone = true;
        var known = account;
        if (known != null) {
            known.close();
        }
    }
}
