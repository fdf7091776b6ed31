package io.natter.host;

import org.jspecify.annotations.Nullable;

/// One client's account with a [MemoryBudget], opened when the client first holds enough to be
/// counted. A class to extend and not an object beside it, because each connection has one. Any
/// thread.
public abstract class ClientMemory implements MemoryAccount.Owner {
    private volatile @Nullable MemoryAccount account;

    /// Guarded by this.
    private boolean ended;

    /// A client that holds nothing.
    protected ClientMemory() {}

    /// The budget that the client counts for. Asked once.
    protected abstract MemoryBudget budget();

    /// Reports that one place holds `after` bytes for this client, and not `before` any more; see
    /// [MemoryAccount#changed].
    public final void holds(long before, long after) {
        if (MemoryAccount.isCounted(before, after)) {
            var known = account;
            (known != null ? known : openAccount()).changed(before, after);
        }
    }

    private synchronized MemoryAccount openAccount() {
        var known = account;
        if (known == null) {
            known = budget().open(this);
            account = known;
            if (ended) {
                known.close();
            }
        }
        return known;
    }

    /// Ends the account: the client has gone. Bytes that are still held are reported all the same
    /// when they are released.
    public final synchronized void closeAccount() {
        ended = true;
        var known = account;
        if (known != null) {
            known.close();
        }
    }
}
