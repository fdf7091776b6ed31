package io.natter.socketio;

import io.natter.engine.Outgoing;
import io.natter.protocol.Payload;
import io.natter.socketio.event.Varargs;
import io.natter.socketio.payload.JsonMapping;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answer that a client or another server asked for with an event. Only the first counts.
///
/// @param <E> the answer as it is sent
abstract class EventAck<E> implements Ack {

    /// Of an event that asked for none.
    static final Ack UNWANTED =
            new Ack() {
                @Override
                public void send(@Nullable Object... args) {}

                @Override
                public boolean wanted() {
                    return false;
                }
            };

    private final AtomicBoolean sent = new AtomicBoolean();

    @Override
    public final void send(@Nullable Object... args) {
        if (sent.get()) {
            return;
        }
        // An answer that cannot be written was not sent: the error answer still can be.
        E answer = encode(args);
        if (sent.compareAndSet(false, true)) {
            deliver(answer);
        }
    }

    /// @throws IllegalArgumentException if the answer cannot be written
    abstract E encode(@Nullable Object @Nullable [] args);

    abstract void deliver(E answer);

    @Override
    public final boolean wanted() {
        return true;
    }

    /// For a client.
    static final class ToClient extends EventAck<List<Outgoing>> {
        private final Socket socket;
        private final long id;

        ToClient(Socket socket, long id) {
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

    /// For another server.
    static final class ToServer extends EventAck<Payload> {
        private final JsonMapping mapping;
        private final Consumer<Payload> server;

        ToServer(JsonMapping mapping, Consumer<Payload> server) {
            this.mapping = mapping;
            this.server = server;
        }

        @Override
        Payload encode(@Nullable Object @Nullable [] args) {
            return mapping.writeArray(Varargs.of(args));
        }

        @Override
        void deliver(Payload answer) {
            server.accept(answer);
        }
    }
}
