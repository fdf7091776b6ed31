package io.natter.chat.domain.person;

/// Somebody who talks.
///
/// @param id random, never reused, not a credential
/// @param name as shown
/// @param hue 0, 1, 2, … in the order of joining; the page makes a colour of it
public record Person(String id, String name, int hue) {}
