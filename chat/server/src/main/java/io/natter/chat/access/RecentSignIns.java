package io.natter.chat.access;

import io.natter.chat.domain.ChatError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// The sessions whose person has proved a moment ago who it is. The ways to sign in can be changed
/// only then, so that an unattended browser is no lasting access. In memory only. Any thread.
public final class RecentSignIns {
    private static final Duration RECENT = Duration.ofMinutes(10);

    /// Beyond that, the oldest go and confirm again.
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Map<String, Long> times = new LinkedHashMap<>();

    /// Begins without a session.
    ///
    /// @param clock one that only runs forward, as [MonotonicClock]
    public RecentSignIns(InstantSource clock) {
        this.clock = clock;
    }

    /// Notes that the person of a session has proved who it is.
    public synchronized void note(String session) {
        long now = clock.millis();
        times.remove(session); // behind all others
        times.put(session, now);
        var oldest = times.values().iterator();
        while (oldest.hasNext() && (oldest.next() + RECENT.toMillis() <= now || isFull())) {
            oldest.remove();
        }
    }

    private boolean isFull() {
        return times.size() > MOST;
    }

    /// Whether that was a moment ago.
    public synchronized boolean isRecent(String session) {
        Long time = times.get(session);
        return time != null && time + RECENT.toMillis() > clock.millis();
    }

    /// Refuses a session that has no recent proof.
    ///
    /// @throws io.natter.chat.domain.ChatException with `confirm_needed`
    public void require(String session) {
        if (!isRecent(session)) {
            throw ChatError.confirmNeeded().exception();
        }
    }
}
