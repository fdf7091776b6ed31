package io.natter.chat.domain.push;

/// A subscription and whose it is.
///
/// @param person the id of the person
/// @param room the room's name as this person sees it; the other's name in a direct room
/// @param path the room's address in the page, such as `/r/general`
public record PushTarget(String person, String room, String path, PushSubscription subscription) {}
