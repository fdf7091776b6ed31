package io.natter.servlet;

import io.natter.host.CloseCode;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.util.function.Consumer;
import java.util.function.Function;

/// Hears the container's events of one WebSocket and hands them to its strand. Pieces of messages
/// are gathered here, because a container would keep a buffer of the largest message for each
/// connection.
///
/// Public because containers ask for that; not for applications.
public final class ContainerEndpoint extends Endpoint {
    private final ContainerWebSocket socket;
    private final Function<WebSocketConnection, WebSocketListener> listener;
    private final int maxMessageBytes;
    private final MessageGatherer gatherer;

    ContainerEndpoint(
            ContainerWebSocket socket,
            Function<WebSocketConnection, WebSocketListener> listener,
            int maxMessageBytes) {
        this.socket = socket;
        this.listener = listener;
        this.maxMessageBytes = maxMessageBytes;
        gatherer = new MessageGatherer(maxMessageBytes);
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(0);
        session.addMessageHandler(
                String.class,
                (MessageHandler.Partial<String>)
                        (piece, last) -> gathered(() -> gatherer.add(piece, last), true));
        session.addMessageHandler(
                java.nio.ByteBuffer.class,
                (MessageHandler.Partial<java.nio.ByteBuffer>)
                        (piece, last) -> gathered(() -> gatherer.add(piece, last), false));
        session.addMessageHandler(
                PongMessage.class,
                (MessageHandler.Whole<PongMessage>)
                        pong -> {
                            var payload = new byte[pong.getApplicationData().remaining()];
                            pong.getApplicationData().get(payload);
                            hand(payload.length, to -> to.pong(payload));
                        });
        socket.opened(session, listener);
    }

    private interface Piece {
        byte @org.jspecify.annotations.Nullable [] add();
    }

    private void gathered(Piece piece, boolean isText) {
        if (!socket.isOpen()) {
            return;
        }
        int before = gatherer.bytes();
        byte[] message = piece.add();
        socket.holds(before, gatherer.bytes());
        if (gatherer.isTooLarge()) {
            socket.violated();
            socket.refuse(
                    CloseCode.TOO_BIG, "a message of more than " + maxMessageBytes + " bytes");
        } else if (message != null) {
            socket.received(message.length);
            hand(
                    message.length,
                    to -> {
                        if (isText) {
                            to.text(message);
                        } else {
                            to.binary(message);
                        }
                    });
        }
    }

    private void hand(int bytes, Consumer<WebSocketListener> event) {
        if (socket.gate().enter(bytes)) {
            socket.tell(
                    to -> {
                        try {
                            event.accept(to);
                        } finally {
                            socket.gate().leave(bytes);
                        }
                    });
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        socket.holds(gatherer.bytes(), 0);
        var phrase = reason.getReasonPhrase();
        socket.containerEnded(reason.getCloseCode().getCode(), phrase == null ? "" : phrase);
    }

    @Override
    public void onError(Session session, Throwable cause) {
        socket.failed(String.valueOf(cause.getMessage()));
    }
}
