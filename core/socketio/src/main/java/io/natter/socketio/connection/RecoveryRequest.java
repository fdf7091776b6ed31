package io.natter.socketio.connection;

import io.natter.host.Loggers;
import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonValues;
import io.natter.socketio.adapter.Adapter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The data of a CONNECT by which a client asks to be recovered.
///
/// @param pid the private id of its session
/// @param offset the offset of the last event that it got
public record RecoveryRequest(String pid, String offset) {
    private static final Logger LOG = Loggers.of(RecoveryRequest.class);
    private static final int LONGEST_ID = 200;

    /// Finds the data in the credentials of a client by their bytes. The other credentials are not
    /// read, because this runs on the strand.
    ///
    /// @return null if the client does not ask for recovery
    public static @Nullable RecoveryRequest of(@Nullable Payload auth) {
        String pid = auth == null ? null : text(auth.member("pid"));
        String offset = auth == null || pid == null ? null : text(auth.member("offset"));
        return pid == null || offset == null ? null : new RecoveryRequest(pid, offset);
    }

    /// The value if the server can have given it: those are short and need no escape.
    private static @Nullable String text(@Nullable Payload value) {
        return value == null || value.length() > LONGEST_ID
                ? null
                : JsonValues.plainText(value.buffer(), value.from(), value.to());
    }

    /// Asks the adapter for the lost session. Blocks.
    ///
    /// @return null if the session cannot be recovered, or not in this time
    public Adapter.@Nullable Recovery restore(Adapter adapter, Duration longest)
            throws InterruptedException {
        try {
            return adapter.restoreSession(pid, offset)
                    .get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            LOG.debug("a session is not recovered", e);
            return null;
        }
    }
}
