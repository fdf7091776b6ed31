package io.natter.engine;

import io.natter.host.MemoryAccount;
import org.jspecify.annotations.Nullable;

/// A session's account with the memory budget, opened when its client first holds enough to be
/// counted. Any thread.
final class SessionMemory {
    private final EngineSession session;
    private volatile @Nullable MemoryAccount account;

    SessionMemory(EngineSession session) {
        this.session = session;
    }

    void changed(long before, long after) {
        var known = account;
        (known != null ? known : open()).changed(before, after);
    }

    private synchronized MemoryAccount open() {
        var known = account;
        if (known == null) {
            known = session.options().memoryBudget().open(session::closeForMemory);
            account = known;
            if (session.state() == SessionState.CLOSED) {
                known.close();
            }
        }
        return known;
    }

    synchronized void close() {
        if (account != null) {
            account.close();
        }
    }
}
