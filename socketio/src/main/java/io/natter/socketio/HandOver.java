package io.natter.socketio;

import io.natter.engine.Strand;
import java.util.ArrayList;
import java.util.concurrent.Executor;

/// From a strand to the threads that may block: gathers what is executed in one pass of the strand
/// and hands it over at the pass's end, so that a hundred events that came together cost one
/// hand-over, and the strand reads all before a handler competes with it. On the strand.
final class HandOver implements Executor {
    private final Strand strand;
    private final Runners runners;
    private final ArrayList<Runnable> gathered = new ArrayList<>();
    private final Runnable give = this::give;

    HandOver(Strand strand, Runners runners) {
        this.strand = strand;
        this.runners = runners;
    }

    @Override
    public void execute(Runnable task) {
        gathered.add(task);
        if (gathered.size() == 1) {
            strand.execute(give);
        }
    }

    private void give() {
        runners.add(gathered);
        gathered.clear();
    }
}
