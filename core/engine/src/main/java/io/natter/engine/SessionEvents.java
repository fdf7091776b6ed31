package io.natter.engine;

import io.natter.protocol.EnginePacket;
import org.jspecify.annotations.Nullable;

/// Tells the listener and the observer of a session. An exception of theirs ends the session, and
/// the strand goes on. A superclass of [EngineSession] and not an object beside it, so that a
/// message takes no detour. On the strand.
abstract sealed class SessionEvents permits SessionLife {
    /// The listener of a session until its own is made.
    private static final EngineListener NO_LISTENER =
            new EngineListener() {
                @Override
                public void text(byte[] buffer, int from, int to) {}

                @Override
                public void binary(byte[] data) {}

                @Override
                public void closed(CloseReason reason, String detail) {}
            };

    final SessionContext context;
    final @Nullable PacketObserver observer;
    EngineListener listener = NO_LISTENER;

    SessionEvents(SessionContext context) {
        this.context = context;
        this.observer = context.observer();
    }

    /// Code of Natter or of the application threw in `where`.
    abstract void failed(String where, Throwable cause);

    abstract EngineSession self();

    final void hear(byte[] buffer, int from, int to) {
        try {
            listener.text(buffer, from, to);
        } catch (Throwable e) {
            failed("text", e);
        }
    }

    final void hear(byte[] data) {
        try {
            listener.binary(data);
        } catch (Throwable e) {
            failed("binary", e);
        }
    }

    final void guarded(String where, Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            failed(where, e);
        }
    }

    final void tellClosed(CloseReason reason, String detail) {
        try {
            listener.closed(reason, detail);
        } catch (Throwable e) {
            context.logs().failure("closed", "a listener threw at the end of its session", e);
        }
    }

    /// Shows the observer a packet to the client.
    ///
    /// @return whether the packet is still to be sent
    final boolean observeSent(PacketObserver by, OutgoingPacket packet) {
        try {
            by.sent(self(), packet.packet());
            return true;
        } catch (Throwable e) {
            failed("observer", e);
            return false;
        }
    }

    /// Shows the observer a packet of the client.
    ///
    /// @return whether the packet is still to be processed
    final boolean observeReceived(PacketObserver by, EnginePacket packet) {
        try {
            by.received(self(), packet);
            return true;
        } catch (Throwable e) {
            failed("observer", e);
            return false;
        }
    }
}
