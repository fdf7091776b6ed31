package io.natter.websocket;

import static java.util.Objects.requireNonNull;

import io.natter.host.ClientMemory;
import io.natter.host.MemoryBudget;
import io.natter.host.WebSocketConnection;
import io.natter.host.dispatch.Job;
import io.natter.host.dispatch.Mailbox;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The handler jobs of one socket. They run one at a time and in order. While too much waits for
/// the handlers, the client is not read. All that waits counts for the memory budget. Any thread,
/// unless a method says otherwise.
final class HandlerQueue extends ClientMemory implements Mailbox.Owner {
    /// If more than this waits, reading stops until half of it is done.
    private static final long MAX_BYTES = 64 * 1024;

    private final WebSocketSession session;
    private final WebSocketConnection connection;
    private final StrandSockets strand;
    private final MemoryBudget budget;
    private final AtomicBoolean paused = new AtomicBoolean();
    private final Mailbox mailbox;

    @SuppressWarnings("this-escape") // The class is final, and the mailbox only keeps it.
    HandlerQueue(
            WebSocketSession session,
            WebSocketConnection connection,
            StrandSockets strand,
            MemoryBudget budget) {
        this.session = session;
        this.connection = connection;
        this.strand = strand;
        this.budget = budget;
        this.mailbox = new Mailbox(strand.handlers, this);
    }

    /// Adds a job. On the strand.
    ///
    /// @param handler what it runs
    /// @param bytes of the message that it handles
    void add(Runnable handler, int bytes) {
        mailbox.offer(new HandlerJob(session, handler, bytes));
    }

    private static final class HandlerJob extends Job {
        private final WebSocketSession session;
        private final int bytes;
        private @Nullable Runnable handler;

        HandlerJob(WebSocketSession session, Runnable handler, int bytes) {
            this.session = session;
            this.handler = handler;
            this.bytes = bytes;
        }

        @Override
        protected void run() {
            var task = requireNonNull(handler);
            handler = null; // the queue holds on to its last job
            session.guard(task);
        }

        @Override
        protected long bytes() {
            return (long) OWN_BYTES + bytes;
        }
    }

    @Override
    public void waits(long before, long after) {
        holds(before, after);
        if (after > before) {
            if (after > MAX_BYTES && paused.compareAndSet(false, true)) {
                connection.setReading(false);
                if (mailbox.waiting() == 0) {
                    readOn(); // all was done meanwhile, with nobody left to say so
                }
            }
        } else if (after <= MAX_BYTES / 2) {
            readOn();
        }
    }

    private void readOn() {
        if (paused.get() && paused.compareAndSet(true, false)) {
            var ignored = strand.execute(() -> connection.setReading(!paused.get()));
        }
    }

    /// The client is not read meanwhile, because its messages wait here.
    @Override
    public void rests(int change) {}

    @Override
    public boolean onStrand(Runnable task) {
        return strand.execute(task);
    }

    @Override
    public void failed(Throwable failure) {
        strand.run(() -> session.failed("a handler of a WebSocket", failure));
    }

    @Override
    protected MemoryBudget budget() {
        return budget;
    }

    @Override
    public void closeForMemory(String detail) {
        var ignored = strand.execute(() -> session.endForMemory(detail));
    }
}
