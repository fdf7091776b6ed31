package io.natter.engine;

import io.natter.host.HttpRequest;

/// A request that was refused before it became part of a session.
///
/// @param request the request of the client
/// @param code the rule that refused it
/// @param message the message to the client
/// @param detail more for the log: the invalid parameter, or the name that npm `engine.io` gives to
///   the case
public record ConnectionError(HttpRequest request, Code code, String message, String detail) {

    /// The codes of the Engine.IO servers, with the message of each.
    public enum Code {
        /// 0
        UNKNOWN_TRANSPORT(0, "Transport unknown"),
        /// 1
        UNKNOWN_SID(1, "Session ID unknown"),
        /// 2
        BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
        /// 3
        BAD_REQUEST(3, "Bad request"),
        /// 4; the only one answered with 403
        FORBIDDEN(4, "Forbidden"),
        /// 5
        UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

        private final int number;
        private final String message;

        Code(int number, String message) {
            this.number = number;
            this.message = message;
        }

        /// The number on the wire.
        public int number() {
            return number;
        }

        /// The message where the rule has none of its own.
        public String message() {
            return message;
        }
    }
}
