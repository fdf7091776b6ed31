package io.natter.socketio;

import org.jspecify.annotations.Nullable;

/// The answer to an event, for its handler to send. Any thread, now or later.
public interface Ack {

    /// Answers with these arguments. Only the first call sends; a later one does nothing, and so
    /// does a call when the client asked for no answer or has left.
    void send(@Nullable Object... args);

    /// Whether the client asked for an answer.
    boolean wanted();
}
