package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.json.JsonWriter;

/// A check that a request did not pass.
///
/// @param code the rule that was broken
/// @param message the message to the client
/// @param detail more for the hooks
record Refusal(ConnectionError.Code code, String message, String detail) {

    Refusal(ConnectionError.Code code, String detail) {
        this(code, code.message(), detail);
    }

    /// The body of an HTTP answer.
    byte[] json() {
        return ("{\"code\":" + code.number() + ",\"message\":" + JsonWriter.quote(message) + "}")
                .getBytes(UTF_8);
    }

    /// The status of an HTTP answer.
    int status() {
        return code == ConnectionError.Code.FORBIDDEN ? 403 : 400;
    }
}
