package io.natter.testing;

import io.natter.socketio.Args;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An event that a [TestClient] received.
public final class ReceivedEvent {
    private final String name;
    private final Args args;
    private final @Nullable Consumer<@Nullable Object[]> answer;

    /// @param answer sends the acknowledgement, or null if the server asked for none
    ReceivedEvent(String name, Args args, @Nullable Consumer<@Nullable Object[]> answer) {
        this.name = name;
        this.args = args;
        this.answer = answer;
    }

    /// The event's name.
    public String name() {
        return name;
    }

    /// The arguments.
    public Args args() {
        return args;
    }

    /// Whether the server asked for an acknowledgement.
    public boolean wantsAcknowledgement() {
        return answer != null;
    }

    /// Acknowledges the event.
    ///
    /// @throws IllegalStateException if the server asked for no acknowledgement, or if the client
    ///   is disconnected
    public void acknowledge(@Nullable Object... values) {
        if (answer == null) {
            throw new IllegalStateException(
                    "the server asked for no acknowledgement of `" + name + "`");
        }
        answer.accept(values);
    }

    /// The name and the arguments, such as `news[hello, 5]`.
    @Override
    public String toString() {
        return name + args.toList();
    }
}
