package io.natter.chat.domain;

/// Somebody who talks.
///
/// @param id random, never reused, not a credential
/// @param name as shown
public record Person(String id, String name) {}
