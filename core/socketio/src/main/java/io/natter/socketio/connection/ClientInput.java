package io.natter.socketio.connection;

import io.natter.engine.EngineSession;
import io.natter.host.Loggers;
import io.natter.host.MemoryBudget;
import io.natter.socketio.rooms.StrandContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.slf4j.Logger;

/// Counts the bytes of one client that wait here: events for their handlers, and packets for their
/// namespace. If too many bytes wait, the client is not read until half of them are processed. All
/// of them count for the memory budget.
///
/// The unit is a step of 4 KiB for each place, as in [io.natter.host.MemoryAccount]. So an event
/// that is handled at once costs a comparison.
public abstract class ClientInput {
    private static final Logger LOG = Loggers.of(ClientInput.class);
    private static final long STEP = 1 << 12;

    /// The bytes of one client that may wait while memory is scarce.
    private static final long WHILE_SCARCE = 64 << 10;

    private static final long READING = -1;
    private static final VarHandle WAITING_BYTES;

    static {
        try {
            WAITING_BYTES =
                    MethodHandles.lookup()
                            .findVarHandle(ClientInput.class, "waitingBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The connection.
    public final EngineSession session;

    /// The strand of the connection.
    public final StrandContext context;

    private final long maxWaitingBytes;
    private volatile long waitingBytes;

    /// At this number of bytes the client is read again, or [#READING]. Written on the strand.
    private volatile long resumeAt = READING;

    /// The number of mailboxes that pause until their broadcasts are written. The strand's.
    private int resting;

    /// The bytes kept for namespaces, joined or asked for. The strand's.
    private long namespaceBytes;

    /// The bytes kept of an unfinished packet. The strand's.
    private long unfinishedBytes;

    /// @param maxWaitingBytes above this number of bytes the client is not read
    protected ClientInput(EngineSession session, StrandContext context, long maxWaitingBytes) {
        this.session = session;
        this.context = context;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    /// One place holds `after` waiting bytes, and not `before` any more. Any thread; if the number
    /// has grown, the strand.
    public final void waits(long before, long after) {
        long steps = after / STEP - before / STEP;
        if (steps != 0) {
            try {
                count(before, after, steps * STEP);
            } catch (RuntimeException e) {
                // The strand has ended, and with it the connection: nothing can be read any more.
                LOG.debug("the waiting bytes of a client are not counted any more", e);
            }
        }
    }

    private void count(long before, long after, long change) {
        session.holds(before, after);
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

    /// A mailbox pauses until its broadcasts are written (1), or goes on (-1). The second may come
    /// first. The client is not read in the meantime. On the strand.
    public final void rests(int change) {
        resting += change;
        if (resumeAt == READING) {
            session.setReading(resting <= 0);
        }
    }

    /// The client asks for a namespace, leaves it or is refused: the bytes kept for namespaces
    /// change by this number. On the strand.
    public final void holdsForNamespace(long change) {
        long before = namespaceBytes;
        namespaceBytes = before + change;
        session.holds(before, namespaceBytes);
    }

    /// Of an unfinished packet this number of bytes is kept. On the strand.
    final void holdsUnfinished(long bytes) {
        long before = unfinishedBytes;
        if (bytes != before) {
            unfinishedBytes = bytes;
            session.holds(before, bytes);
        }
    }
}
