package io.natter.chat.domain.file;

import org.jspecify.annotations.Nullable;

/// How far an upload is.
///
/// @param offset bytes that have arrived
/// @param size bytes that are expected
/// @param file what came of it; null until all bytes are here and were checked
public record Upload(String id, long offset, long size, @Nullable MessageFile file) {}
