package io.natter.engine;

import io.natter.host.HttpRequest;
import org.jspecify.annotations.Nullable;

/// Decides whether a client may open a session. Asked once per handshake, never for later requests
/// of the session.
@FunctionalInterface
public interface AllowRequest {

    /// Runs on a virtual thread of its own, so it may block. An exception refuses the request with
    /// the message `Forbidden` and is logged.
    Answer decide(HttpRequest request) throws Exception;

    /// Lets the client in.
    static Answer allow() {
        return new Answer(true, null);
    }

    /// Refuses with code 4, `Forbidden`.
    static Answer deny() {
        return new Answer(false, null);
    }

    /// Refuses with code 4 and this message.
    static Answer deny(String message) {
        return new Answer(false, message);
    }

    /// A decision.
    ///
    /// @param allowed whether the client may open a session
    /// @param message the message to a refused client; null for `Forbidden`
    record Answer(boolean allowed, @Nullable String message) {}
}
