package io.natter.chat.domain.person;

/// How the place is set up.
///
/// @param owned whether there is an owner; without one, a token on the console makes one
public record Place(Policy policy, boolean owned) {}
