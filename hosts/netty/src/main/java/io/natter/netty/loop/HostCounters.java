package io.natter.netty.loop;

import io.natter.host.MemoryBudget;
import io.natter.host.StrandCounter;
import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// The counters of a host and the memory budget of its connections; `NettyMetrics` explains each
/// counter. Any thread.
public final class HostCounters {
    public final LongAdder connections = new LongAdder();
    public final LongAdder requests = new LongAdder();
    public final LongAdder aborts = new LongAdder();
    public final LongAdder badRequests = new LongAdder();
    public final LongAdder bodiesTooLarge = new LongAdder();
    public final LongAdder timeouts = new LongAdder();
    public final LongAdder upgrades = new LongAdder();
    public final LongAdder webSocketsClosed = new LongAdder();
    public final LongAdder moves = new LongAdder();
    public final StrandCounter messagesIn = new StrandCounter();
    public final StrandCounter messagesOut = new StrandCounter();
    public final StrandCounter bytesIn = new StrandCounter();
    public final StrandCounter bytesOut = new StrandCounter();
    public final LongAdder violations = new LongAdder();
    public final LongAdder closedForMemory = new LongAdder();
    public final LongAdder failures = new LongAdder();
    public final LongAdder memoryErrors = new LongAdder();

    /// Where the connections that are counted here report what they hold.
    public final MemoryBudget memory;

    private final ConcurrentMap<EventLoopStrand, StrandTraffic> byStrand =
            new ConcurrentHashMap<>();

    /// @param memory where the connections report what they hold. It is not to promise more than
    ///   half of the direct memory, where output waits.
    public HostCounters(MemoryBudget memory) {
        this.memory = memory;
        memory.limitTo(PlatformDependent.maxDirectMemory() / 2);
    }

    /// Counts something that should not have happened.
    public void failed(Throwable cause) {
        failures.increment();
        if (cause instanceof OutOfMemoryError) {
            memoryErrors.increment();
        }
    }

    /// Where the WebSockets of a strand count their traffic.
    public StrandTraffic on(EventLoopStrand strand) {
        return byStrand.computeIfAbsent(strand, ignored -> new StrandTraffic(this));
    }
}
