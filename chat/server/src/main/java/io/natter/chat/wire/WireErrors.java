package io.natter.chat.wire;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.EditConflictException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// How requests are refused.
public final class WireErrors {
    private WireErrors() {}

    /// The answer to a refused request.
    ///
    /// @param message the message as it is now, with the code `conflict`
    public record Refused(Err err, WireMessages.@Nullable Msg message) {}

    public record Err(
            String code, String message, @Nullable Long retryAfterMs, boolean permanent) {}

    public static Refused refused(ChatError error) {
        return new Refused(
                new Err(
                        error.code(),
                        error.message(),
                        error.retryAfterMs().isPresent() ? error.retryAfterMs().getAsLong() : null,
                        error.permanent()),
                null);
    }

    /// The refusal that a thrown exception, or one that a future failed with, stands for.
    public static Refused refused(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        Refused refused = refused(ChatError.of(cause));
        return cause instanceof EditConflictException conflict
                ? new Refused(refused.err(), WireMessages.msg(conflict.current()))
                : refused;
    }
}
