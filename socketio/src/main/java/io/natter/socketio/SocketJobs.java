package io.natter.socketio;

import io.natter.protocol.Packet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a socket's mailbox does.
final class SocketJobs {
    private SocketJobs() {}

    /// `connection`: the namespace's listeners get the socket.
    static final class Connection extends Job {
        private final Socket socket;

        Connection(Socket socket) {
            this.socket = socket;
        }

        @Override
        void run() {
            for (var listener : socket.nsp().connectionListeners()) {
                try {
                    listener.on(socket);
                } catch (Throwable failure) {
                    socket.failed(HandlerError.Kind.HANDLER, "connection", failure);
                }
            }
        }
    }

    /// An event came.
    static final class Incoming extends Job {
        private final Socket socket;
        private Packet.@Nullable Event packet;

        Incoming(Socket socket, Packet.Event packet) {
            this.socket = socket;
            this.packet = packet;
        }

        @Override
        void run() {
            Packet.Event event = Objects.requireNonNull(packet);
            packet = null; // the queue holds on to its last job
            Ack ack =
                    event.id() == Packet.NO_ID
                            ? EventAck.UNWANTED
                            : new EventAck(socket, event.id());
            var args = new Args(socket.nsp().server().mapping(), event.args(), 1);
            for (var listener : socket.listeners.incoming) {
                try {
                    listener.on(event.name(), args);
                } catch (Throwable failure) {
                    failed(event.name(), failure, ack);
                }
            }
            if (pass(event.name(), args, ack)) {
                handle(event.name(), args, ack);
            }
        }

        private boolean pass(String name, Args args, Ack ack) {
            for (EventMiddleware middleware : socket.listeners.middlewares) {
                try {
                    middleware.accept(name, args);
                } catch (Exception stopped) {
                    if (socket.listeners.error.isEmpty()) {
                        failed(name, stopped, ack);
                        return false;
                    }
                    for (var listener : socket.listeners.error) {
                        try {
                            listener.on(stopped);
                        } catch (Throwable failure) {
                            socket.failed(HandlerError.Kind.HANDLER, "error", failure);
                        }
                    }
                    answerError(stopped, ack);
                    return false;
                } catch (Throwable failure) {
                    failed(name, failure, ack);
                    return false;
                }
            }
            return true;
        }

        private void handle(String name, Args args, Ack ack) {
            for (var handler = socket.listeners.first(name);
                    handler != null;
                    handler = handler.next()) {
                if (handler.once() && !socket.listeners.remove(name, handler.run())) {
                    continue;
                }
                try {
                    handler.run().on(args, ack);
                } catch (Throwable failure) {
                    failed(name, failure, ack);
                }
            }
        }

        private void failed(String name, Throwable failure, Ack ack) {
            socket.failed(
                    failure instanceof PayloadException
                            ? HandlerError.Kind.PAYLOAD
                            : HandlerError.Kind.HANDLER,
                    name,
                    failure);
            answerError(failure, ack);
        }

        private void answerError(Throwable failure, Ack ack) {
            if (ack.wanted()) {
                Object answer = socket.nsp().server().options().errorAnswer().apply(failure);
                if (answer != null) {
                    ack.send(answer);
                }
            }
        }
    }

    /// An event went out.
    static final class Outgoing extends Job {
        private final Socket socket;
        private Packet.@Nullable Event packet;

        Outgoing(Socket socket, Packet.Event packet) {
            this.socket = socket;
            this.packet = packet;
        }

        @Override
        void run() {
            Packet.Event event = Objects.requireNonNull(packet);
            packet = null;
            var args = new Args(socket.nsp().server().mapping(), event.args(), 1);
            for (var listener : socket.outgoing) {
                try {
                    listener.on(event.name(), args);
                } catch (Throwable failure) {
                    socket.failed(HandlerError.Kind.HANDLER, event.name(), failure);
                }
            }
        }
    }

    /// An acknowledgement came, or will not.
    static final class Answer extends Job {
        private AckWaiters.@Nullable Callback waiter;
        private final @Nullable AckException failure;
        private @Nullable Args args;

        Answer(AckWaiters.Callback waiter, @Nullable AckException failure, Args args) {
            this.waiter = waiter;
            this.failure = failure;
            this.args = args;
        }

        @Override
        void run() {
            var callback = Objects.requireNonNull(waiter);
            var answer = Objects.requireNonNull(args);
            waiter = null;
            args = null;
            try {
                callback.callback().done(failure, answer);
            } catch (Throwable thrown) {
                callback.socket()
                        .failed(
                                thrown instanceof PayloadException
                                        ? HandlerError.Kind.PAYLOAD
                                        : HandlerError.Kind.HANDLER,
                                callback.event(),
                                thrown);
            }
        }
    }

    /// `disconnecting`, then `disconnect`.
    static final class Leaving extends Job {
        private final Socket socket;
        private final SocketRooms rooms;
        private final DisconnectReason reason;
        private final String detail;

        Leaving(Socket socket, SocketRooms rooms, DisconnectReason reason, String detail) {
            this.socket = socket;
            this.rooms = rooms;
            this.reason = reason;
            this.detail = detail;
        }

        @Override
        void run() {
            for (var listener : socket.listeners.disconnecting) {
                tell("disconnecting", listener);
            }
            rooms.forget();
            for (var listener : socket.listeners.disconnect) {
                tell("disconnect", listener);
            }
        }

        private void tell(String event, Listener.Values<DisconnectReason, String> listener) {
            try {
                listener.on(reason, detail);
            } catch (Throwable failure) {
                socket.failed(HandlerError.Kind.HANDLER, event, failure);
            }
        }
    }
}
