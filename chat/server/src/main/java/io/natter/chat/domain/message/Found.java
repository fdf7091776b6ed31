package io.natter.chat.domain.message;

import java.util.List;

/// Messages of several rooms, the newest first.
///
/// @param more whether there are older ones
public record Found(List<Message> messages, boolean more) {}
