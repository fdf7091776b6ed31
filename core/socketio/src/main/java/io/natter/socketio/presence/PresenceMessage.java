package io.natter.socketio.presence;

import java.util.List;

/// The messages of servers about presence.
sealed interface PresenceMessage {

    /// A server has come. The others answer with their state.
    record Hello(long seq) implements PresenceMessage {}

    /// A server is there, and has sent changes up to this number.
    record Heartbeat(long seq) implements PresenceMessage {}

    /// Some users of a server have changed or gone.
    record Change(long seq, List<UserState> users, List<String> gone) implements PresenceMessage {}

    /// All users of a server after the change of that number, in `parts` messages.
    record State(long seq, int part, int parts, List<UserState> users) implements PresenceMessage {}

    /// A server needs the state of another one.
    record Ask(String of) implements PresenceMessage {}

    /// A server closes.
    record Bye() implements PresenceMessage {}
}
