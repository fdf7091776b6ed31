package io.natter.chat.domain;

/// How many changes one `hello` may still carry: at most [#PER_ROOM] for a room and [#IN_ALL] for
/// all. Made for one snapshot and used by one thread.
public final class DeltaBudget {
    public static final int PER_ROOM = 200;
    public static final int IN_ALL = 1000;

    private int left = IN_ALL;

    /// How many changes the next room may have. Ask for one more than this to learn whether a room
    /// has too many.
    public int forNextRoom() {
        return Math.min(PER_ROOM, left);
    }

    /// Takes a room's changes out of the budget; false, and nothing taken, when they do not fit.
    public boolean take(int changes) {
        if (changes > forNextRoom()) {
            return false;
        }
        left -= changes;
        return true;
    }
}
