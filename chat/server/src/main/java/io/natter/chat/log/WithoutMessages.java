package io.natter.chat.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A copy of something thrown for the log: classes and lines, no messages, for those may hold what
/// somebody wrote.
public final class WithoutMessages extends Throwable {
    @Serial private static final long serialVersionUID = 1L;

    /// Deep enough for any real chain of causes, and an end for one that runs in a circle.
    private static final int MAX_CAUSES = 8;

    private WithoutMessages(Throwable original, int depth) {
        super(original.getClass().getName(), cause(original, depth), false, true);
        setStackTrace(original.getStackTrace());
    }

    public static Throwable of(Throwable original) {
        return new WithoutMessages(original, 0);
    }

    private static @Nullable Throwable cause(Throwable original, int depth) {
        Throwable cause = original.getCause();
        return cause == null || depth == MAX_CAUSES ? null : new WithoutMessages(cause, depth + 1);
    }
}
