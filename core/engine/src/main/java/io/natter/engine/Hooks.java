package io.natter.engine;

import io.natter.host.RateLimitedLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Hooks of the application. If one throws, its exception is logged, and the others are called all
/// the same. Any thread.
final class Hooks<T> {
    private final String name;
    private final RateLimitedLog logs;
    private final List<T> all = new CopyOnWriteArrayList<>();

    /// @param name for the log
    Hooks(String name, RateLimitedLog logs) {
        this.name = name;
        this.logs = logs;
    }

    void add(T hook) {
        all.add(hook);
    }

    void tell(Consumer<T> call) {
        for (var hook : all) {
            try {
                call.accept(hook);
            } catch (Throwable e) {
                logs.failure(name, "a hook of " + name + " threw", e);
            }
        }
    }
}
