package io.natter.engine;

import io.natter.host.ClientMemory;
import io.natter.host.MemoryBudget;

/// A session's account with the memory budget. Any thread.
final class SessionMemory extends ClientMemory {
    private final EngineSession session;

    SessionMemory(EngineSession session) {
        this.session = session;
    }

    @Override
    protected MemoryBudget budget() {
        return session.options().memoryBudget();
    }

    @Override
    public void closeForMemory(String detail) {
        session.closeForMemory(detail);
    }
}
