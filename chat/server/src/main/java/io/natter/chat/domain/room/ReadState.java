package io.natter.chat.domain.room;

/// How far one member has read a room.
///
/// @param mentions as in [RoomHead]
public record ReadState(long readSeq, long unread, long mentions) {}
