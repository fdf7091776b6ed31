package io.natter.socketio;

import io.natter.protocol.Payload;
import io.natter.socketio.event.Varargs;
import io.natter.socketio.payload.JsonMapping;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answer to an event of a client or of another server. Only the first answer is sent.
///
/// @param <E> the answer as it is sent
abstract class EventAck<E> implements Ack {

    /// For an event without an acknowledgement.
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
        // If this answer cannot be written, the error answer can still be sent.
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
