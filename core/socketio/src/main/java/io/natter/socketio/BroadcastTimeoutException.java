package io.natter.socketio;

import java.io.Serial;
import java.util.List;

/// Not all receivers of a broadcast have answered in time.
public final class BroadcastTimeoutException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Args> answers;

    BroadcastTimeoutException(List<Args> answers) {
        super("operation has timed out");
        this.answers = answers;
    }

    /// The answers that came.
    public List<Args> answers() {
        return answers;
    }
}
