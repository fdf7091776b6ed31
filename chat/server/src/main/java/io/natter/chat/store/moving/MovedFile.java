package io.natter.chat.store.moving;

/// A file of a message of another chat.
///
/// @param entry where it may be in the archive of the export
public record MovedFile(String name, String entry) {}
