package io.natter.socketio.event;

/// Counts events by windows of one second. The strand's.
public final class EventRate {
    private static final long SECOND = 1_000_000_000L;

    private long since;
    private int count;

    public boolean admit(long now, int perSecond) {
        if (count == 0 || now - since >= SECOND) {
            since = now;
            count = 0;
        }
        return ++count <= perSecond;
    }
}
