package io.natter.netty.loop;

import io.natter.host.MemoryAccount;
import io.natter.host.MemoryBudget;
import org.jspecify.annotations.Nullable;

/// The bytes that a connection holds for its client, counted for the budget of all clients. The
/// account is opened when there is enough to be counted. On the event loop.
public final class ConnectionMemory {
    private final MemoryBudget budget;
    private final MemoryAccount.Owner owner;
    private @Nullable MemoryAccount account;
    private long held;
    private boolean ended;

    /// @param owner closes the connection
    public ConnectionMemory(MemoryBudget budget, MemoryAccount.Owner owner) {
        this.budget = budget;
        this.owner = owner;
    }

    /// One place of the connection holds `after` bytes, and not `before` any more.
    public void holds(long before, long after) {
        if (ended) {
            return;
        }
        long was = held;
        held = was - before + after;
        var open = account;
        if (open == null) {
            if (!MemoryAccount.isCounted(0, held)) {
                return;
            }
            open = budget.open(owner);
            account = open;
            was = 0;
        }
        open.changed(was, held);
    }

    /// The connection has ended, or is HTTP's no more: nothing is counted from here on.
    public void end() {
        ended = true;
        var open = account;
        account = null;
        if (open != null) {
            open.changed(held, 0);
            open.close();
        }
    }
}
