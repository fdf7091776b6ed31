package io.natter.chat.domain.room;

/// A public room as somebody finds it.
///
/// @param joined whether the person who asks is a member
public record PublicRoom(
        String id, String slug, String name, String topic, long members, boolean joined) {
    /// The most rooms of one answer.
    public static final int MAX = 50;
}
