package io.natter.spring.reactive;

import org.jspecify.annotations.Nullable;

/// Whether a client has gone away before it was answered: WebFlux then cancels its request. Any
/// thread.
final class Abort {
    private boolean happened;
    private @Nullable Runnable task;

    void happen() {
        Runnable waiting;
        synchronized (this) {
            happened = true;
            waiting = task;
            task = null;
        }
        if (waiting != null) {
            waiting.run();
        }
    }

    /// Runs `next` when it happens; at once if it has.
    void then(Runnable next) {
        synchronized (this) {
            if (!happened) {
                task = next;
                return;
            }
        }
        next.run();
    }
}
