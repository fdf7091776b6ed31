package io.natter.host.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The part of a [Mailbox] that counts what its handlers have broadcast and strands have not
/// written yet. One event of a client may be a broadcast to thousands, and a handler posts it much
/// faster than a strand writes it. So above a limit the mailbox rests, and others have the strands
/// in the meantime. Any thread.
public abstract sealed class BroadcastBacklog permits Mailbox {
    /// The cost that a strand writes in a few milliseconds.
    static final long MAX_UNWRITTEN = 4 << 20;

    /// Roughly what one more receiver costs, in bytes that could be written instead.
    private static final int RECEIVER_BYTES = 512;

    /// Set in `unwritten` while the mailbox rests.
    private static final long RESTING = 1L << 62;

    private static final ThreadLocal<@Nullable BroadcastBacklog> RUNNING = new ThreadLocal<>();
    private static final VarHandle UNWRITTEN;

    static {
        try {
            UNWRITTEN =
                    MethodHandles.lookup()
                            .findVarHandle(BroadcastBacklog.class, "unwritten", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long unwritten;

    BroadcastBacklog() {}

    /// The backlog of the handler that calls this, or null where the caller is no handler.
    public static @Nullable BroadcastBacklog current() {
        return RUNNING.get();
    }

    /// The cost of writing `bytes` to this number of receivers.
    public static long cost(long bytes, int receivers) {
        return receivers * (bytes + RECEIVER_BYTES);
    }

    /// Runs handlers, whose broadcasts are counted here.
    final void counting(Runnable handlers) {
        var outer = RUNNING.get();
        RUNNING.set(this);
        try {
            handlers.run();
        } finally {
            RUNNING.set(outer);
        }
    }

    /// A broadcast is posted to a strand.
    public final void posted(long cost) {
        var ignored = (long) UNWRITTEN.getAndAdd(this, cost);
    }

    /// The strand has written it.
    public final void written(long cost) {
        long now = (long) UNWRITTEN.getAndAdd(this, -cost) - cost;
        while (now >= RESTING && now - RESTING <= MAX_UNWRITTEN / 2) {
            if (UNWRITTEN.compareAndSet(this, now, now - RESTING)) {
                goOn();
                return;
            }
            now = unwritten;
        }
    }

    final boolean isOverBound() {
        return unwritten > MAX_UNWRITTEN;
    }

    /// Begins to rest, if the backlog is still over its bound.
    ///
    /// @return whether [#goOn] follows, which may have been called by then
    final boolean rest() {
        long now = unwritten;
        while (now > MAX_UNWRITTEN) {
            if (UNWRITTEN.compareAndSet(this, now, now + RESTING)) {
                return true;
            }
            now = unwritten;
        }
        return false;
    }

    /// Half of the backlog is written. Called once after each rest, on the strand that wrote.
    abstract void goOn();
}
