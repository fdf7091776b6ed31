package io.natter.host;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The part of a [MemoryBudget] that one client uses. Each place that holds bytes for the client
/// keeps its own count and reports it here. Counts are added up in steps of 4 KiB, so a place that
/// holds few bytes costs a comparison. Any thread.
public final class MemoryAccount {
    private static final int STEP_BITS = 12;

    /// Closes the client to which an account belongs.
    @FunctionalInterface
    public interface Owner {
        /// Closes the client, because it holds too much. Called once, on any thread, by the code
        /// that has made the account grow. So it only posts the work to the client's strand.
        ///
        /// @param detail a sentence with the figures, for the log and for hooks
        void closeForMemory(String detail);
    }

    private final MemoryBudget budget;
    private final Owner owner;
    private final AtomicLong held = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();

    MemoryAccount(MemoryBudget budget, Owner owner) {
        this.budget = budget;
        this.owner = owner;
    }

    /// Reports that one place holds `after` bytes for the client, and not `before` any more. Calls
    /// for one place must form a chain: each `before` is the `after` of another call, and the first
    /// is 0. Their order does not matter.
    public void changed(long before, long after) {
        long steps = (after >> STEP_BITS) - (before >> STEP_BITS);
        if (steps != 0) {
            long bytes = steps << STEP_BITS;
            held.addAndGet(bytes);
            budget.add(this, bytes);
        }
    }

    /// Whether a change from `before` to `after` bytes would be counted, so that a client which
    /// never holds that much needs no account.
    public static boolean isCounted(long before, long after) {
        return before >> STEP_BITS != after >> STEP_BITS;
    }

    /// The bytes that the client holds, in steps of 4 KiB for each place.
    public long held() {
        return held.get();
    }

    /// Ends the account. Bytes that are still held must be reported as given back, before or
    /// afterwards.
    public void close() {
        budget.forget(this);
    }

    boolean isClosing() {
        return closing.get();
    }

    boolean startClosing() {
        return closing.compareAndSet(false, true);
    }

    void tellOwner() {
        owner.closeForMemory(
                held()
                        + " bytes are held for the client; all clients together hold "
                        + budget.used()
                        + " of "
                        + budget.limit());
    }
}
