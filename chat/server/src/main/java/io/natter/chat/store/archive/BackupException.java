package io.natter.chat.store.archive;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A backup cannot be made or used. The message is one sentence for the operator.
public final class BackupException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
