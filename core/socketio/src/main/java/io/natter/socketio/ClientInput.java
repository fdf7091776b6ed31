package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.host.Loggers;
import io.natter.host.MemoryBudget;
import io.natter.socketio.rooms.StrandContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.slf4j.Logger;

/// The part of a [Client] that counts what it has sent and what still waits here: events for their
/// handlers, packets for their namespace. Where too many bytes wait, the client is not read until
/// half of them are done with. All of it counts for the memory budget.
///
/// Counted is as in [io.natter.host.MemoryAccount], in steps of 4 KiB for each place, so events
/// that are handled at once cost a comparison.
abstract sealed class ClientInput permits ClientEvents {
    private static final Logger LOG = Loggers.of(SocketIoServer.class);
    private static final long STEP = 1 << 12;

    /// How much of one client's may wait while memory is scarce.
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

    final SocketIoServer server;
    final EngineSession session;
    final StrandContext context;
    private volatile long waitingBytes;

    /// With how many bytes the client is read on, or [#READING]. Written on the strand.
    private volatile long resumeAt = READING;

    /// How many mailboxes rest until their broadcasts are written. The strand's.
    private int resting;

    /// The bytes kept for namespaces, joined or asked for. The strand's.
    private long namespaceBytes;

    /// The bytes kept of an unfinished packet. The strand's.
    private long unfinishedBytes;

    ClientInput(SocketIoServer server, EngineSession session) {
        this.server = server;
        this.session = session;
        this.context = server.context(session.strand());
    }

    /// One place holds `after` bytes that wait, and not `before` any more. Any thread; where they
    /// have become more, the strand.
    final void waits(long before, long after) {
        long steps = after / STEP - before / STEP;
        if (steps != 0) {
            try {
                count(before, after, steps * STEP);
            } catch (RuntimeException e) {
                // The strand has ended, and with it the connection: there is nothing to be read.
                LOG.debug("what a client has waiting is counted no more", e);
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
                readOn(); // as much may have been done since as would have to say so
            }
        } else if (now <= resumeAt) {
            context.execute(this::readOn);
        }
    }

    private long bound() {
        MemoryBudget budget = session.options().memoryBudget();
        long bound = server.options().maxWaitingEventBytes();
        return budget.isScarce()
                ? Math.min(bound, WHILE_SCARCE)
                : Math.min(bound, budget.clientLimit() / 2);
    }

    private void readOn() {
        if (waitingBytes <= resumeAt) {
            resumeAt = READING;
            session.setReading(resting <= 0);
        }
    }

    /// A mailbox rests until its broadcasts are written (1), or goes on (-1), which may be told
    /// first. The client is not read meanwhile. On the strand.
    final void rests(int change) {
        resting += change;
        if (resumeAt == READING) {
            session.setReading(resting <= 0);
        }
    }

    /// A namespace is asked for, or left or refused, for which so much is kept. On the strand.
    final void holdsForNamespace(long change) {
        long before = namespaceBytes;
        namespaceBytes = before + change;
        session.holds(before, namespaceBytes);
    }

    /// Of an unfinished packet so much is kept. On the strand.
    final void holdsUnfinished(long bytes) {
        long before = unfinishedBytes;
        if (bytes != before) {
            unfinishedBytes = bytes;
            session.holds(before, bytes);
        }
    }
}
