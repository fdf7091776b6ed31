package io.natter.chat.domain.room;

/// A room that somebody asked for.
///
/// @param dup true for a direct room that was there already
public record CreatedRoom(RoomHead head, boolean dup) {}
