package io.natter.chat.store.moving;

import java.util.List;

/// A person of another chat.
///
/// @param key unique among the people of that chat
/// @param names the wanted names, the best first; the last may be any text
public record MovedPerson(String key, List<String> names) {}
