package io.natter.host.dispatch;

import io.natter.host.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Passes tasks from a strand to the threads that may block. It gathers the tasks of one pass of
/// the strand and hands them over at the end. So a hundred events that came together cost one
/// hand-over, and the strand reads all before a handler competes with it. On the strand.
public final class BatchedHandOff implements Executor {
    private static final long AGAIN_NANOS = 100_000_000;

    private final Strand strand;
    private final HandlerThreads runners;
    private final ArrayList<Runnable> gathered = new ArrayList<>();
    private final Runnable give = this::give;
    private boolean givesAgain;

    /// A hand-over from `strand` to `runners`.
    public BatchedHandOff(Strand strand, HandlerThreads runners) {
        this.strand = strand;
        this.runners = runners;
    }

    @Override
    public void execute(Runnable task) {
        gathered.add(task);
        if (gathered.size() == 1) {
            try {
                strand.execute(give);
            } catch (RejectedExecutionException ignored) {
                give(); // the strand ends, and these are the last
            }
        }
    }

    private void give() {
        boolean taken = runners.add(gathered);
        gathered.clear();
        if (!taken && !givesAgain) {
            givesAgain = true;
            var ignored = strand.schedule(this::giveAgain, AGAIN_NANOS);
        }
    }

    /// The executor had no room.
    private void giveAgain() {
        givesAgain = !runners.add(List.of());
        if (givesAgain) {
            var ignored = strand.schedule(this::giveAgain, AGAIN_NANOS);
        }
    }
}
