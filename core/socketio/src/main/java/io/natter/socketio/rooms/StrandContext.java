package io.natter.socketio.rooms;

import io.natter.host.Strand;
import io.natter.host.StrandCounter;
import io.natter.host.TimeoutList;
import io.natter.host.dispatch.BatchedHandOff;
import io.natter.host.dispatch.HandlerThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A strand as this server knows it.
public final class StrandContext {
    /// The strand itself.
    public final Strand strand;

    /// Its number among the server's strands.
    final int ordinal;

    /// Connections that have joined nothing yet. The strand's.
    public final TimeoutList connectTimeout;

    /// Counts the events that come on this strand.
    public final StrandCounter.Cell eventsIn;

    /// Takes what may block to other threads.
    public final BatchedHandOff handOff;

    /// Whether a fan-out is being written. The strand's. A message that a handler or a hook inside
    /// one sends is put off until it is over.
    private boolean fanningOut;

    /// The context of a strand.
    ///
    /// @param ordinal its number among the server's strands
    /// @param connectTimeout how long a connection may be open without a namespace
    /// @param handlers run what may block
    /// @param eventsIn counts the events that come on this strand
    public StrandContext(
            Strand strand,
            int ordinal,
            Duration connectTimeout,
            HandlerThreads handlers,
            StrandCounter.Cell eventsIn) {
        this.strand = strand;
        this.ordinal = ordinal;
        this.connectTimeout = new TimeoutList(strand, connectTimeout);
        this.eventsIn = eventsIn;
        this.handOff = new BatchedHandOff(strand, handlers);
    }

    /// Runs `task` on the strand. If the caller is on the strand, it runs now, so that the actions
    /// of one thread keep their order. In the middle of a fan-out it runs later, because the
    /// messages of that must stay together.
    ///
    /// @return false if the strand has ended
    public boolean run(Runnable task) {
        if (strand.isCurrent() && !fanningOut) {
            task.run();
            return true;
        }
        return execute(task);
    }

    /// Runs `task` later on the strand. A strand that has ended runs nothing, and has no
    /// connections any more.
    ///
    /// @return false if the strand has ended
    public boolean execute(Runnable task) {
        return strand.tryExecute(task);
    }

    /// Runs one of the two on the strand: `then` when `pending` is done, or `late` when the longest
    /// time has passed before. On the strand.
    public void await(
            CompletableFuture<?> pending, Duration longest, Runnable then, Runnable late) {
        boolean[] decided = {false};
        Runnable timeout =
                () -> {
                    if (!decided[0]) {
                        decided[0] = true;
                        late.run();
                    }
                };
        Runnable cancel = strand.schedule(timeout, longest.toNanos());
        var ignored =
                pending.thenRun(
                        () ->
                                execute(
                                        () -> {
                                            if (!decided[0]) {
                                                decided[0] = true;
                                                cancel.run();
                                                then.run();
                                            }
                                        }));
    }

    /// Runs `passes`, which writes messages to many. On the strand, and never inside another, for
    /// what starts one came by [#run].
    void writing(Runnable passes) {
        fanningOut = true;
        try {
            passes.run();
        } finally {
            fanningOut = false;
        }
    }
}
