package io.natter.socketio;

import io.natter.engine.Outgoing;
import io.natter.host.dispatch.Job;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.connection.PendingAcks;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.rooms.SocketRooms;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The jobs of a socket's mailbox.
final class SocketJobs {
    private SocketJobs() {}

    private static HandlerError.Kind kindOf(Throwable failure) {
        return failure instanceof PayloadException
                ? HandlerError.Kind.PAYLOAD
                : HandlerError.Kind.HANDLER;
    }

    abstract static class SocketJob extends Job {
        final Socket socket;

        SocketJob(Socket socket) {
            this.socket = socket;
        }

        /// The application's code has failed.
        final void failed(String event, Throwable failure) {
            socket.failed(kindOf(failure), event, failure);
        }
    }

    /// `connection`: the namespace's listeners get the socket.
    static final class Connection extends SocketJob {
        Connection(Socket socket) {
            super(socket);
        }

        @Override
        protected void run() {
            for (var listener : socket.nsp().connectionListeners()) {
                try {
                    HandlerCall.run(
                            socket,
                            HandlerCall.Kind.CONNECTION,
                            "connection",
                            () -> listener.on(socket));
                } catch (Throwable failure) {
                    failed("connection", failure);
                }
            }
        }
    }

    /// A job with an event, whose bytes wait with it.
    abstract static class EventJob extends SocketJob {
        private Packet.@Nullable Event packet;

        EventJob(Socket socket, Packet.Event packet) {
            super(socket);
            this.packet = packet;
        }

        @Override
        protected final long bytes() {
            return OWN_BYTES + Objects.requireNonNull(packet).args().heldBytes();
        }

        /// The event, which the job does not keep: the queue keeps its last job.
        final Packet.Event take() {
            Packet.Event event = Objects.requireNonNull(packet);
            packet = null;
            return event;
        }

        final Args args(Packet.Event event) {
            return new Args(socket.nsp().server().mapping(), event.args(), 1);
        }
    }

    /// An event came.
    static final class Incoming extends EventJob {
        Incoming(Socket socket, Packet.Event packet) {
            super(socket, packet);
        }

        @Override
        protected void run() {
            Packet.Event event = take();
            Ack ack =
                    event.id() == Packet.NO_ID
                            ? EventAck.UNWANTED
                            : new ClientAck(socket, event.id());
            Args args = args(event);
            for (var listener : socket.incoming) {
                try {
                    listener.on(event.name(), args);
                } catch (Throwable failure) {
                    handlerFailed(socket, event.name(), failure, ack);
                }
            }
            if (pass(event.name(), args, ack)) {
                handle(event.name(), args, ack);
            }
        }

        private boolean pass(String name, Args args, Ack ack) {
            for (EventMiddleware middleware : socket.middlewares) {
                try {
                    middleware.accept(name, args);
                } catch (Exception stopped) {
                    if (socket.error.isEmpty()) {
                        handlerFailed(socket, name, stopped, ack);
                        return false;
                    }
                    tellError(socket, stopped);
                    answerError(socket, name, stopped, ack);
                    return false;
                } catch (Throwable failure) {
                    handlerFailed(socket, name, failure, ack);
                    return false;
                }
            }
            return true;
        }

        private void handle(String name, Args args, Ack ack) {
            var interceptors = socket.nsp().interceptors();
            for (var handler = socket.handlers.first(name);
                    handler != null;
                    handler = handler.next()) {
                try {
                    if (handler.once()) {
                        handler.fits(args); // else it waits for the next
                        if (!socket.handlers.remove(name, handler.run())) {
                            continue;
                        }
                    }
                    Listener.Any run = handler.run();
                    if (interceptors.isEmpty()) {
                        run.on(args, ack);
                    } else {
                        HandlerCall.event(
                                socket, name, args, interceptors, () -> run.on(args, ack));
                    }
                } catch (Throwable failure) {
                    handlerFailed(socket, name, failure, ack);
                }
            }
        }
    }

    /// A handler has failed: reports it, and sends the error answer if the client waits for one.
    /// Any thread.
    static void handlerFailed(Socket socket, String event, Throwable failure, Ack ack) {
        socket.failed(kindOf(failure), event, failure);
        answerError(socket, event, failure, ack);
    }

    private static void answerError(Socket socket, String event, Throwable failure, Ack ack) {
        if (!ack.wanted()) {
            return;
        }
        try {
            Object answer = socket.nsp().server().options().errorAnswer().apply(failure);
            if (answer != null) {
                ack.send(answer);
            }
        } catch (Throwable unanswered) {
            socket.failed(HandlerError.Kind.HANDLER, event, unanswered);
            ack.send(SocketIoOptions.defaultErrorAnswer(failure));
        }
    }

    /// An event went out.
    static final class Sent extends EventJob {
        Sent(Socket socket, Packet.Event packet) {
            super(socket, packet);
        }

        @Override
        protected void run() {
            Packet.Event event = take();
            Args args = args(event);
            for (var listener : socket.outgoing) {
                try {
                    listener.on(event.name(), args);
                } catch (Throwable failure) {
                    socket.failed(HandlerError.Kind.HANDLER, event.name(), failure);
                }
            }
        }
    }

    /// The answer to an event of a client.
    private static final class ClientAck extends EventAck<List<Outgoing>> {
        private final Socket socket;
        private final long id;

        ClientAck(Socket socket, long id) {
            this.socket = socket;
            this.id = id;
        }

        @Override
        List<Outgoing> encode(@Nullable Object @Nullable [] args) {
            return socket.encodeAnswer(id, args);
        }

        @Override
        void deliver(List<Outgoing> answer) {
            socket.answer(answer);
        }
    }

    /// Waits for an acknowledgement, and calls its callback in order with the socket's handlers.
    static final class Answer extends SocketJob implements PendingAcks.Waiter {
        private final String event;
        private @Nullable AckCallback callback;
        private @Nullable AckException failure;
        private @Nullable Args args;

        Answer(Socket socket, String event, AckCallback callback) {
            super(socket);
            this.event = event;
            this.callback = callback;
        }

        @Override
        public void answered(Payload payload) {
            args = new Args(socket.nsp().server().mapping(), payload, 0);
            socket.mailbox.offer(this);
        }

        @Override
        public void failed(PendingAcks.Failure why) {
            failure = AckException.of(why);
            args = Args.none(socket.nsp().server().mapping());
            socket.mailbox.offer(this);
        }

        @Override
        protected long bytes() {
            return OWN_BYTES + Objects.requireNonNull(args).array().heldBytes();
        }

        @Override
        protected void run() {
            var called = Objects.requireNonNull(callback);
            var answer = Objects.requireNonNull(args);
            callback = null; // the queue keeps its last job
            args = null;
            try {
                called.done(failure, answer);
            } catch (Throwable thrown) {
                failed(event, thrown);
            }
        }
    }

    /// The application runs a task in order with the handlers.
    static final class Task extends SocketJob {
        private final Runnable task;

        Task(Socket socket, Runnable task) {
            super(socket);
            this.task = task;
        }

        @Override
        protected void run() {
            try {
                task.run();
            } catch (Throwable failure) {
                failed("execute", failure);
            }
        }
    }

    /// The client has sent invalid data.
    static final class Malformed extends SocketJob {
        private final MalformedPacketException packet;

        Malformed(Socket socket, MalformedPacketException packet) {
            super(socket);
            this.packet = packet;
        }

        @Override
        protected void run() {
            tellError(socket, packet);
        }
    }

    private static void tellError(Socket socket, Exception error) {
        for (var listener : socket.error) {
            try {
                listener.on(error);
            } catch (Throwable failure) {
                socket.failed(HandlerError.Kind.HANDLER, "error", failure);
            }
        }
    }

    /// `disconnecting`, what is kept for recovery, then `disconnect`.
    static final class Leaving extends SocketJob {
        private final SocketRooms rooms;
        private final DisconnectReason reason;
        private final String detail;
        private final @Nullable String keptAs;

        /// @param keptAs the private id of a session that may be recovered, or null
        Leaving(
                Socket socket,
                SocketRooms rooms,
                DisconnectReason reason,
                String detail,
                @Nullable String keptAs) {
            super(socket);
            this.rooms = rooms;
            this.reason = reason;
            this.detail = detail;
            this.keptAs = keptAs;
        }

        @Override
        protected void run() {
            try {
                for (var listener : socket.disconnecting) {
                    tell(HandlerCall.Kind.DISCONNECTING, "disconnecting", listener);
                }
                if (keptAs != null) {
                    keep(keptAs);
                }
                rooms.forget();
                for (var listener : socket.disconnect) {
                    tell(HandlerCall.Kind.DISCONNECT, "disconnect", listener);
                }
            } finally {
                socket.nsp().server().connections().leaving(-1);
            }
        }

        @Override
        protected void refused() {
            if (keptAs != null) {
                socket.nsp().unfinished().finished(keptAs);
            }
            rooms.forget();
            socket.nsp().server().connections().leaving(-1);
        }

        private void keep(String pid) {
            try {
                var names = rooms.names();
                names.remove(socket.id());
                socket.nsp()
                        .adapter()
                        .persistSession(
                                new Adapter.Session(
                                        socket.id(), pid, names, Map.copyOf(socket.data())));
            } catch (Throwable failure) {
                socket.failed(HandlerError.Kind.HANDLER, "recovery", failure);
            } finally {
                socket.nsp().unfinished().finished(pid);
            }
        }

        private void tell(
                HandlerCall.Kind kind,
                String event,
                Listener.Values<DisconnectReason, String> listener) {
            try {
                HandlerCall.run(socket, kind, event, () -> listener.on(reason, detail));
            } catch (Throwable failure) {
                socket.failed(HandlerError.Kind.HANDLER, event, failure);
            }
        }
    }
}
