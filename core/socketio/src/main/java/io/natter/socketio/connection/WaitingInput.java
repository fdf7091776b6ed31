package io.natter.socketio.connection;

import io.natter.engine.EngineSession;
import io.natter.host.Loggers;
import io.natter.host.MemoryBudget;
import io.natter.socketio.rooms.StrandContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.slf4j.Logger;

/// The waiting bytes of one client. If too many bytes wait, the client is not read until half of
/// them are processed.
final class WaitingInput {
    private static final Logger LOG = Loggers.of(WaitingInput.class);

    /// Bytes below one step are not counted.
    static final long STEP = 1 << 12;

    /// The bytes of one client that may wait while memory is scarce.
    private static final long WHILE_SCARCE = 64 << 10;

    private static final long READING = -1;
    private static final VarHandle WAITING_BYTES;

    static {
        try {
            WAITING_BYTES =
                    MethodHandles.lookup()
                            .findVarHandle(WaitingInput.class, "waitingBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EngineSession session;
    private final StrandContext context;
    private final long maxWaitingBytes;
    private volatile long waitingBytes;

    /// At this number of bytes the client is read again, or [#READING]. Written on the strand.
    private volatile long resumeAt = READING;

    /// The number of mailboxes that pause until their broadcasts are written. The strand's.
    private int resting;

    /// @param maxWaitingBytes above this number of bytes the client is not read
    WaitingInput(EngineSession session, StrandContext context, long maxWaitingBytes) {
        this.session = session;
        this.context = context;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    /// [ClientInput#waits], when the steps have changed.
    void count(long before, long after) {
        try {
            session.holds(before, after);
            change((after / STEP - before / STEP) * STEP);
        } catch (RuntimeException e) {
            // The strand has ended, and with it the connection: nothing can be read any more.
            LOG.debug("the waiting bytes of a client are not counted any more", e);
        }
    }

    private void change(long change) {
        long now = (long) WAITING_BYTES.getAndAdd(this, change) + change;
        if (change > 0) {
            if (resumeAt == READING && now > bound()) {
                resumeAt = bound() / 2;
                session.setReading(false);
                readOn(); // enough may have been processed since
            }
        } else if (now <= resumeAt) {
            context.execute(this::readOn);
        }
    }

    private long bound() {
        MemoryBudget budget = session.options().memoryBudget();
        return budget.isScarce()
                ? Math.min(maxWaitingBytes, WHILE_SCARCE)
                : Math.min(maxWaitingBytes, budget.clientLimit() / 2);
    }

    private void readOn() {
        if (waitingBytes <= resumeAt) {
            resumeAt = READING;
            session.setReading(resting <= 0);
        }
    }

    /// [ClientInput#rests].
    void rests(int change) {
        resting += change;
        if (resumeAt == READING) {
            session.setReading(resting <= 0);
        }
    }
}
