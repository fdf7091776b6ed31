package io.natter.chat.wire;

import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.file.Upload;
import org.jspecify.annotations.Nullable;

/// The answers of `/api/files`.
public final class WireFiles {
    private WireFiles() {}

    public record State(String id, long offset, long size, @Nullable MessageFile file) {}

    public static State state(Upload upload) {
        return new State(upload.id(), upload.offset(), upload.size(), upload.file());
    }
}
