package io.natter.chat.store.archive;

import io.natter.chat.log.FileFault;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

/// A backup cannot be made or used. The message is one sentence for the operator.
public final class BackupException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The disk did not take an export.
    ///
    /// @param target what was written, in words
    static BackupException cannotWrite(String target, IOException e) {
        return new BackupException("Cannot write %s: %s.".formatted(target, FileFault.of(e)), e);
    }

    /// The same where Jackson was writing.
    static BackupException cannotWrite(String target, JacksonIOException e) {
        return cannotWrite(target, new IOException(e.getOriginalMessage(), e));
    }
}
