package io.natter.socketio;

import org.jspecify.annotations.Nullable;

/// Gets the answer to an event that the server sent. Runs like the socket's handlers: one at a time
/// with them, in the order in which things came from the client.
@FunctionalInterface
public interface AckCallback {

    /// The answer is there, or will not come.
    ///
    /// @param failure why there is no answer, or null when there is one
    /// @param answer the client's arguments; empty on failure
    void done(@Nullable AckException failure, Args answer) throws Exception;
}
