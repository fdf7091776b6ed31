package io.natter.spring.controller;

import io.natter.socketio.Ack;
import io.natter.socketio.Args;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values that a method may ask for when it is called.
///
/// @param socket the socket
/// @param args the arguments of the event, if it is one
/// @param ack the acknowledgement of the event, if it is one
/// @param reason why the socket has left, if it has
record Occasion(
        Socket socket, @Nullable Args args, @Nullable Ack ack, @Nullable DisconnectReason reason) {

    static Occasion connect(Socket socket) {
        return new Occasion(socket, null, null, null);
    }

    static Occasion event(Socket socket, Args args, @Nullable Ack ack) {
        return new Occasion(socket, args, ack, null);
    }

    static Occasion disconnect(Socket socket, DisconnectReason reason) {
        return new Occasion(socket, null, null, reason);
    }

    Args arguments() {
        return Objects.requireNonNull(args);
    }
}
