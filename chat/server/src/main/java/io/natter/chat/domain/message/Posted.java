package io.natter.chat.domain.message;

/// The answer to a message that is on disk.
///
/// @param dup true when this cmid had been stored before; the numbers are those of that time
public record Posted(long seq, long ver, long ts, boolean dup) {}
