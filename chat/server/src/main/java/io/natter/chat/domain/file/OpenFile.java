package io.natter.chat.domain.file;

import java.nio.file.Path;

/// A file that a person may read.
///
/// @param bytes its length on the disk
/// @param type as of the form that was asked for
public record OpenFile(String name, String type, Path path, long bytes) {
    /// Whether browsers may show it; anything else is a download.
    public boolean inline() {
        return FileTypes.INLINE.contains(type);
    }
}
