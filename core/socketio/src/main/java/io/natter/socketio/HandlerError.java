package io.natter.socketio;

import org.jspecify.annotations.Nullable;

/// Something that went wrong where the application's code runs.
///
/// @param kind what went wrong
/// @param socket whose, or null where there is none
/// @param event the event, `connection`, `disconnect` …, or the name of what ran
/// @param cause what was thrown
public record HandlerError(Kind kind, @Nullable Socket socket, String event, Throwable cause) {

    /// The kinds of errors.
    public enum Kind {
        /// A handler threw.
        HANDLER,
        /// The client's arguments do not fit the handler's types.
        PAYLOAD,
        /// A middleware threw something that is no [ConnectException].
        MIDDLEWARE
    }
}
