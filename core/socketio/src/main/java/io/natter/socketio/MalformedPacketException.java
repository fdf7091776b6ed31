package io.natter.socketio;

import java.io.Serial;

/// A client has sent what is no packet of Socket.IO, and its connection is being closed for that;
/// see [Socket#onError].
public final class MalformedPacketException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        super(message);
    }
}
