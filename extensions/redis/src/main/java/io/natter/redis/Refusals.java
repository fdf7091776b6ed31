package io.natter.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.natter.host.RateLimitedLog;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells the log of commands that Redis itself has refused, such as for a missing right: it can be
/// reached, but this server does not hear or does not reach the others. Any thread.
final class Refusals {
    private static final RateLimitedLog LOG = new RateLimitedLog(RedisAdapter.class);

    /// The answers of a Redis Cluster while slots move or a node is replaced.
    private static final Pattern PASSING =
            Pattern.compile("(?:MOVED|ASK|TRYAGAIN|CLUSTERDOWN)\\b.*", Pattern.DOTALL);

    private Refusals() {}

    /// Writes a line where Redis has refused a command; other failures have their own lines.
    ///
    /// @param kind counts lines of one kind together
    /// @param what did not succeed
    /// @return whether Redis has refused it, and will again
    static boolean log(String kind, String what, Throwable failure) {
        String reason = reason(failure);
        if (reason == null || PASSING.matcher(reason).matches()) {
            return false;
        }
        LOG.warn(kind, "Redis refuses {}: {}", what, RateLimitedLog.text(reason));
        return true;
    }

    private static @Nullable String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof CompletionException && cause != null) {
            return reason(cause);
        }
        return failure instanceof RedisCommandExecutionException
                ? String.valueOf(failure.getMessage())
                : null;
    }
}
