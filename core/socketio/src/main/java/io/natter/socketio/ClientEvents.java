package io.natter.socketio;

import io.natter.engine.EngineListener;
import io.natter.engine.EngineSession;
import io.natter.socketio.connection.ClientInput;
import java.util.List;
import java.util.function.Consumer;

/// The part of a [Client] that reports what happens to its connection. An exception of a listener
/// is reported and has no other effect.
abstract sealed class ClientEvents extends ClientInput implements EngineListener
        permits ClientNamespaces {
    final SocketIoServer server;
    private volatile List<ConnListener> observers = List.of();

    /// The number of sockets that still receive missed events. The strand's.
    int replaying;

    ClientEvents(SocketIoServer server, EngineSession session) {
        super(
                session,
                server.strands().of(session.strand()),
                server.options().maxWaitingEventBytes());
        this.server = server;
    }

    /// Any thread.
    final synchronized void observe(ConnListener observer) {
        observers = Listeners.with(observers, observer);
    }

    /// Sends returning clients more of the events that they have missed.
    abstract void replayOn();

    @Override
    public void upgrading() {
        tell(ConnListener::upgrading);
    }

    @Override
    public void upgraded() {
        if (replaying > 0) {
            replayOn();
        }
        tell(ConnListener::upgraded);
    }

    @Override
    public void heartbeat() {
        tell(ConnListener::heartbeat);
    }

    @Override
    public void drained() {
        if (replaying > 0) {
            replayOn();
        }
        tell(ConnListener::drained);
    }

    final void noted() {
        if (!observers.isEmpty()) {
            tell(ConnListener::message);
        }
    }

    final void tell(Consumer<ConnListener> what) {
        for (ConnListener observer : observers) {
            try {
                what.accept(observer);
            } catch (Throwable failure) {
                server.failed(
                        new HandlerError(HandlerError.Kind.HANDLER, null, "connection", failure),
                        session.id());
            }
        }
    }
}
