package io.natter.cluster;

import io.natter.socketio.adapter.Adapter.Answers;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends the answers of this server's clients to the server that asked for them. Any thread.
public abstract class AnswersToAsker implements Answers {
    private final AtomicInteger parties = new AtomicInteger(1);
    private final AtomicInteger clients = new AtomicInteger();

    /// No client has been asked yet.
    protected AnswersToAsker() {}

    /// Sends the number of clients that were asked. Called once, when all strands have said theirs.
    protected abstract void sendCount(int count);

    @Override
    public final void addParties(int more) {
        parties.addAndGet(more);
    }

    @Override
    public final void expect(int answers) {
        int all = clients.addAndGet(answers);
        if (parties.decrementAndGet() == 0) {
            sendCount(all);
        }
    }

    /// Does nothing, because the server that asked has a timeout of its own.
    @Override
    public final void timedOut() {}
}
