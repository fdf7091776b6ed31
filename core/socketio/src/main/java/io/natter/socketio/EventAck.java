package io.natter.socketio;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The answer that a client asked for with an event.
final class EventAck implements Ack {

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

    private final Socket socket;
    private final long id;
    private final AtomicBoolean sent = new AtomicBoolean();

    EventAck(Socket socket, long id) {
        this.socket = socket;
        this.id = id;
    }

    @Override
    public void send(@Nullable Object... args) {
        if (sent.get()) {
            return;
        }
        // An answer that cannot be written was not sent: the error answer still can be.
        var messages = socket.encodeAnswer(id, args);
        if (sent.compareAndSet(false, true)) {
            socket.answer(messages);
        }
    }

    @Override
    public boolean wanted() {
        return true;
    }
}
