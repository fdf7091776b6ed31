package io.natter.socketio.rooms;

import io.natter.host.Strand;
import io.natter.host.StrandCounter;
import io.natter.host.dispatch.HandlerThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/// The strands of a server, each with its context. Any thread.
public final class StrandContexts {
    private final ConcurrentMap<Strand, StrandContext> contexts = new ConcurrentHashMap<>();
    private final Duration connectTimeout;
    private final HandlerThreads handlers;
    private final StrandCounter eventsIn;

    /// @param connectTimeout how long a connection may be open without a namespace
    /// @param handlers run code that may block
    /// @param eventsIn counts received events
    public StrandContexts(
            Duration connectTimeout, HandlerThreads handlers, StrandCounter eventsIn) {
        this.connectTimeout = connectTimeout;
        this.handlers = handlers;
        this.eventsIn = eventsIn;
    }

    /// The context of a strand.
    public StrandContext of(Strand strand) {
        StrandContext context = contexts.get(strand);
        if (context == null) {
            synchronized (contexts) {
                context =
                        contexts.computeIfAbsent(
                                strand,
                                s ->
                                        new StrandContext(
                                                s,
                                                contexts.size(),
                                                connectTimeout,
                                                handlers,
                                                eventsIn.cell()));
            }
        }
        return context;
    }

    /// Refuses to wait on a strand, because all its connections would wait too.
    ///
    /// @throws IllegalStateException if the caller is on a strand
    public void refuseToWait(String method) {
        if (isOnStrand()) {
            throw new IllegalStateException(
                    method
                            + " waits, and this is a strand, on which every connection would wait"
                            + " too: call it from a virtual thread, as handlers with"
                            + " Dispatch.VIRTUAL run, or continue without waiting by thenAccept"
                            + " and the other methods of the future");
        }
    }

    private boolean isOnStrand() {
        for (StrandContext context : contexts.values()) {
            if (context.strand.isCurrent()) {
                return true;
            }
        }
        return false;
    }

    /// Runs `task` after `delay`.
    ///
    /// @return cancels it
    public Runnable schedule(Runnable task, Duration delay) {
        for (StrandContext context : contexts.values()) {
            return context.strand.schedule(task, delay.toNanos());
        }
        var timer = CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS);
        var run = CompletableFuture.runAsync(task, timer);
        return () -> run.cancel(false);
    }
}
