package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.protocol.Parser;
import io.natter.socketio.connection.PacketReader;
import io.natter.socketio.event.ListenerLists;
import io.natter.socketio.rooms.StrandContext;
import java.util.List;
import java.util.function.Consumer;

/// The part of a client that reports what happens to its connection. An exception of a listener is
/// reported and has no other effect.
abstract class ClientEvents extends PacketReader {
    private volatile List<ConnListener> observers = List.of();

    /// The number of sockets that still receive missed events. The strand's.
    int replaying;

    ClientEvents(
            EngineSession session, StrandContext context, Parser parser, Parser.Limits limits) {
        super(session, context, parser, limits);
    }

    /// A listener threw.
    abstract void observerFailed(Throwable failure);

    /// Any thread.
    final synchronized void observe(ConnListener observer) {
        observers = ListenerLists.with(observers, observer);
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

    @Override
    protected final void noted() {
        if (!observers.isEmpty()) {
            tell(ConnListener::message);
        }
    }

    final void tell(Consumer<ConnListener> what) {
        for (ConnListener observer : observers) {
            try {
                what.accept(observer);
            } catch (Throwable failure) {
                observerFailed(failure);
            }
        }
    }
}
