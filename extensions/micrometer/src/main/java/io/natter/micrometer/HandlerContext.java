package io.natter.micrometer;

import io.micrometer.observation.Observation;
import io.natter.socketio.HandlerCall;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The context of a handler's observation: the call, and the trace in which its client connected.
public final class HandlerContext extends Observation.Context {
    private static final String HEADER = "traceparent";

    /// Of W3C Trace Context: version, trace, span, flags.
    private static final Pattern TRACE_PARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

    private final HandlerCall call;
    private final @Nullable RemoteSpan connectedIn;

    /// A span of the client.
    ///
    /// @param traceId 32 hexadecimal digits
    /// @param spanId 16 hexadecimal digits
    /// @param sampled whether the client's side may have recorded it
    public record RemoteSpan(String traceId, String spanId, boolean sampled) {}

    HandlerContext(HandlerCall call) {
        this.call = call;
        connectedIn = parse(sent(call));
    }

    private static @Nullable String sent(HandlerCall call) {
        var handshake = call.socket().handshake();
        return handshake.auth().get(HEADER) instanceof String text
                ? text
                : handshake.header(HEADER);
    }

    private static @Nullable RemoteSpan parse(@Nullable String text) {
        var matcher = TRACE_PARENT.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            return null;
        }
        boolean sampled = (Integer.parseInt(matcher.group(3), 16) & 1) == 1;
        return new RemoteSpan(matcher.group(1), matcher.group(2), sampled);
    }

    /// The call of the handler.
    public HandlerCall call() {
        return call;
    }

    /// The span in which the client connected: from `traceparent` in the handshake's `auth`, or its
    /// header of that name. Null where the client sent none, or a malformed one.
    public @Nullable RemoteSpan connectedIn() {
        return connectedIn;
    }
}
