package io.natter.chat.domain;

/// A room as one member sees it.
///
/// @param lastSeq number of the newest message, 0 for none
/// @param lastVer number of the newest change, 0 for none
/// @param readSeq the newest message this member has read
public record Room(String id, String name, long lastSeq, long lastVer, long readSeq) {
    /// The one room of the first form, which everybody is a member of.
    public static final String GENERAL = "general";

    /// Messages are numbered without gaps, so this is a subtraction.
    public long unread() {
        return lastSeq - readSeq;
    }
}
