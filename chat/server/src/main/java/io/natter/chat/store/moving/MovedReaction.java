package io.natter.chat.store.moving;

/// A reaction to a message of another chat.
///
/// @param person the key of a person
public record MovedReaction(String emoji, String person) {}
