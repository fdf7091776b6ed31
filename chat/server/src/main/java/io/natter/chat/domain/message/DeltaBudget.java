package io.natter.chat.domain.message;

/// How many changes one `hello` may still carry: at most [#PER_ROOM] for a room and [#IN_ALL] for
/// all. Made for one snapshot and used by one thread.
public final class DeltaBudget {
    public static final int PER_ROOM = 200;
    public static final int IN_ALL = 1000;

    /// Rooms whose delta is limited and still has its last page.
    public static final int PAGES = 20;

    private int left = IN_ALL;
    private int pages = PAGES;

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

    /// Takes one page for a room with a limited delta; false when there are none left.
    public boolean takePage() {
        if (pages == 0) {
            return false;
        }
        pages--;
        return true;
    }
}
