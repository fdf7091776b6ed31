package io.natter.socketio;

import io.natter.protocol.Payload;
import io.natter.socketio.payload.JsonMapping;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answer that another server asked for with an event.
final class ServerSideAck implements Ack {
    private final JsonMapping mapping;
    private final Consumer<Payload> answer;
    private final AtomicBoolean sent = new AtomicBoolean();

    ServerSideAck(JsonMapping mapping, Consumer<Payload> answer) {
        this.mapping = mapping;
        this.answer = answer;
    }

    @Override
    public void send(@Nullable Object... args) {
        if (sent.get()) {
            return;
        }
        // An answer that cannot be written was not sent.
        Payload payload = mapping.writeArray(Varargs.of(args));
        if (sent.compareAndSet(false, true)) {
            answer.accept(payload);
        }
    }

    @Override
    public boolean wanted() {
        return true;
    }
}
