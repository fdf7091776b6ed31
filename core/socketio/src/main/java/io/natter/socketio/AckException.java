package io.natter.socketio;

import io.natter.socketio.connection.PendingAcks;
import java.io.Serial;

/// An acknowledgement that did not come.
public sealed class AckException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private AckException(String message) {
        super(message);
    }

    static AckException of(PendingAcks.Failure failure) {
        return switch (failure) {
            case TIMED_OUT -> new TimedOut();
            case DISCONNECTED -> new Disconnected();
            case TOO_MANY -> new TooManyPending();
        };
    }

    /// The client did not answer in time.
    public static final class TimedOut extends AckException {
        @Serial private static final long serialVersionUID = 1L;

        TimedOut() {
            super("operation has timed out");
        }
    }

    /// The client left before it answered.
    public static final class Disconnected extends AckException {
        @Serial private static final long serialVersionUID = 1L;

        Disconnected() {
            super("the socket disconnected before it answered");
        }
    }

    /// Too many acknowledgements of this socket are already awaited; the event was not sent. See
    /// [SocketIoOptions#maxPendingAcks].
    public static final class TooManyPending extends AckException {
        @Serial private static final long serialVersionUID = 1L;

        TooManyPending() {
            super("too many acknowledgements are awaited from this socket");
        }
    }
}
