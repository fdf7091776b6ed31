package io.natter.socketio.connection;

import io.natter.engine.EngineSession;
import io.natter.socketio.rooms.StrandContext;
import org.jspecify.annotations.Nullable;

/// Counts the bytes of one client that wait here: events for their handlers, packets for their
/// namespace, and unfinished packets. All of them count for the memory budget.
///
/// The unit is a step of 4 KiB for each place, as in [io.natter.host.MemoryAccount]. So an event
/// that is handled at once costs a comparison.
///
/// Each message finds the client in no cache of the processor. So only what a message reads is kept
/// here, and what few clients need is an object of its own.
public abstract class ClientInput {
    private static final long STEP = WaitingInput.STEP;

    /// The connection.
    public final EngineSession session;

    /// The strand of the connection.
    public final StrandContext context;

    /// Null until a step is exceeded for the first time. Made on the strand.
    private @Nullable WaitingInput waiting;

    /// The bytes kept for namespaces, joined or asked for. The strand's.
    private long namespaceBytes;

    /// The bytes kept of an unfinished packet. The strand's.
    private long unfinishedBytes;

    protected ClientInput(EngineSession session, StrandContext context) {
        this.session = session;
        this.context = context;
    }

    /// Above this number of waiting bytes the client is not read.
    protected abstract long maxWaitingBytes();

    /// One place holds `after` waiting bytes, and not `before` any more. Any thread; if the number
    /// has grown, the strand.
    public final void waits(long before, long after) {
        if (after / STEP != before / STEP) {
            waiting().count(before, after);
        }
    }

    /// A mailbox pauses until its broadcasts are written (1), or goes on (-1). The second may come
    /// first. The client is not read in the meantime. On the strand.
    public final void rests(int change) {
        waiting().rests(change);
    }

    private WaitingInput waiting() {
        var known = waiting;
        if (known == null) {
            known = new WaitingInput(session, context, maxWaitingBytes());
            waiting = known;
        }
        return known;
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
