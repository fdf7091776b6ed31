package io.natter.spring.controller;

import io.natter.socketio.Ack;
import io.natter.socketio.Args;
import io.natter.socketio.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The handlers of one namespace, from one or more beans.
final class Controller {
    private final List<HandlerMethod> connect = new ArrayList<>();
    private final List<HandlerMethod> disconnect = new ArrayList<>();
    private final Map<String, HandlerMethod> events = new LinkedHashMap<>();

    /// @throws io.natter.spring.NatterSetupException if the event has a handler already
    void add(HandlerKind kind, HandlerMethod handler) {
        switch (kind) {
            case CONNECT -> connect.add(handler);
            case DISCONNECT -> disconnect.add(handler);
            case EVENT -> {
                var event = String.valueOf(HandlerKind.event(handler.method()));
                var other = events.putIfAbsent(event, handler);
                if (other != null) {
                    throw Signature.wrong(
                            handler.method(),
                            "handles \""
                                    + event
                                    + "\", and so does "
                                    + Signature.text(other.method())
                                    + " in the same namespace",
                            "Keep one of them: an event has one acknowledgement");
                }
            }
        }
    }

    /// Adds the handlers to a socket that has joined, and calls those of `@OnConnect`.
    void joined(Socket socket) throws Exception {
        events.forEach((event, handler) -> on(socket, event, handler));
        for (var handler : disconnect) {
            socket.onDisconnect(
                    reason -> {
                        var ignored = handler.call(Occasion.disconnect(socket, reason));
                    });
        }
        for (var handler : connect) {
            var ignored = handler.call(Occasion.connect(socket));
        }
    }

    private static void on(Socket socket, String event, HandlerMethod handler) {
        if (handler.returnsNothing()) {
            socket.on(event, (args, ack) -> handle(socket, handler, args, ack));
        } else {
            socket.onRequest(event, args -> handler.call(Occasion.event(socket, args, null)));
        }
    }

    private static void handle(Socket socket, HandlerMethod handler, Args args, Ack ack)
            throws Exception {
        var ignored = handler.call(Occasion.event(socket, args, ack));
        if (!handler.hasAck()) {
            ack.send();
        }
    }
}
