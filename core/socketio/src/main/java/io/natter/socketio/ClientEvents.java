package io.natter.socketio;

import io.natter.engine.EngineListener;
import io.natter.engine.EngineSession;
import java.util.List;
import java.util.function.Consumer;

/// The part of a [Client] that tells what happens to its connection. An exception of a listener is
/// reported and costs nobody anything.
abstract sealed class ClientEvents extends ClientInput implements EngineListener permits Client {
    private volatile List<ConnListener> observers = List.of();

    /// Sockets that have not been sent all that they have missed. The strand's.
    int replaying;

    ClientEvents(SocketIoServer server, EngineSession session) {
        super(server, session);
    }

    /// Any thread.
    final synchronized void observe(ConnListener observer) {
        observers = Listeners.with(observers, observer);
    }

    /// Goes on with what is sent to returning clients as fast as they take it.
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
