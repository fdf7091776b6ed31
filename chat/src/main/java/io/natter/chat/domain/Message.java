package io.natter.chat.domain;

/// A message as stored.
///
/// @param seq its number in its room, from 1, without gaps, fixed
/// @param ver the number of the last change to it among all changes in its room
/// @param ts when it was stored, milliseconds since 1970 by the server's clock; shown, never used
///   for order
public record Message(
        String room, long seq, long ver, long ts, String cmid, Person sender, String text) {}
