package io.natter.chat.access;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sign-ins of several steps that have begun. Each has a random id, ends in the browser that began
/// it, can be taken once, and is over after a short time. In memory only: after a restart people
/// begin again. Any thread.
///
/// @param <T> what is remembered of a step
public final class PendingSteps<T> {
    /// Beyond that, the oldest go.
    static final int MOST = 10_000;

    private final InstantSource clock;
    private final long lastsMs;
    private final Map<String, Step<T>> steps = new LinkedHashMap<>();

    private record Step<T>(String browser, long begun, T value) {}

    /// Begins without a step.
    ///
    /// @param clock one that only runs forward, as [MonotonicClock]
    public PendingSteps(InstantSource clock, Duration lasts) {
        this.clock = clock;
        this.lastsMs = lasts.toMillis();
    }

    /// Begins a step and returns its id.
    ///
    /// @param browser the text of the [BrowserCookie]
    public synchronized String begin(String browser, T value) {
        long now = clock.millis();
        Iterator<Step<T>> oldest = steps.values().iterator();
        while (oldest.hasNext()) {
            Step<T> step = oldest.next();
            if (steps.size() < MOST && !over(step, now)) {
                break;
            }
            oldest.remove();
        }
        String id = RandomId.next();
        steps.put(id, new Step<>(browser, now, value));
        return id;
    }

    private boolean over(Step<T> step, long now) {
        return step.begun() + lastsMs <= now;
    }

    /// Ends a step and returns it.
    ///
    /// @throws io.natter.chat.domain.ChatException with `step_over`
    public synchronized T take(@Nullable String id, Optional<String> browser) {
        T value = look(id, browser);
        steps.remove(id);
        return value;
    }

    /// The step, which goes on.
    ///
    /// @throws io.natter.chat.domain.ChatException with `step_over`
    public synchronized T look(@Nullable String id, Optional<String> browser) {
        Step<T> step = id == null ? null : steps.get(id);
        if (step == null
                || over(step, clock.millis())
                || browser.isEmpty()
                || !browser.get().equals(step.browser())) {
            throw ChatError.stepOver().exception();
        }
        return step.value();
    }

    synchronized int size() {
        return steps.size();
    }
}
