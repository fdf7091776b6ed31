package io.natter.chat.domain.message;

/// A message's place among those of all rooms.
public record Position(String room, long seq) {}
