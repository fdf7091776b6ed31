package io.natter.socketio;

/// Decides whether a client may join a namespace; runs before the client is answered, on a virtual
/// thread, so it may block.
@FunctionalInterface
public interface Middleware {

    /// Lets the socket pass by returning.
    ///
    /// @throws ConnectException to refuse, with what the client is told
    /// @throws Exception any other refuses with "internal error" and is reported to
    ///   [SocketIoServer#onError]
    void accept(Socket socket) throws Exception;
}
