package io.natter.socketio.connection;

import io.natter.protocol.Payload;
import io.natter.socketio.payload.JsonMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The payloads of the answers to a CONNECT.
public final class ConnectAnswer {
    private ConnectAnswer() {}

    /// The client has joined.
    ///
    /// @param pid the private id for recovery, or null where recovery is off
    public static Payload accepted(JsonMapping mapping, String sid, @Nullable String pid) {
        Map<String, Object> answer = new LinkedHashMap<>(4);
        answer.put("sid", sid);
        if (pid != null) {
            answer.put("pid", pid);
        }
        return mapping.write(answer);
    }

    /// The client is refused.
    ///
    /// @param data the value of the client's `err.data`, or null. It is left out if it cannot be
    ///   written
    /// @param unwritable gets the exception in that case
    public static Payload refused(
            JsonMapping mapping,
            String message,
            @Nullable Object data,
            Consumer<Throwable> unwritable) {
        if (data != null) {
            Map<String, Object> error = new LinkedHashMap<>(4);
            error.put("message", message);
            error.put("data", data);
            try {
                return mapping.write(error);
            } catch (RuntimeException | StackOverflowError failure) {
                unwritable.accept(failure);
            }
        }
        return refused(mapping, message);
    }

    /// The client is refused with a message only.
    public static Payload refused(JsonMapping mapping, String message) {
        return mapping.write(Map.of("message", message));
    }
}
