package io.natter.socketio;

/// Sees every event of a socket before its handlers do, where they run.
@FunctionalInterface
public interface EventMiddleware {

    /// Lets the event pass by returning.
    ///
    /// @throws Exception to stop it: the socket's [Socket#onError] listeners get the exception, and
    ///   an acknowledgement that the client asked for gets the error answer
    void accept(String event, Args args) throws Exception;
}
