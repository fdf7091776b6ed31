package io.natter.chat.domain.person;

/// A picture of a person, in two sizes. Both are squares that the server has written itself.
///
/// @param type `image/jpeg` or `image/png`
public record Picture(String type, byte[] content, byte[] small) {}
