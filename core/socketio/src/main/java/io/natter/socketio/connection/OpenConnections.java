package io.natter.socketio.connection;

import io.natter.host.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The open connections of a server, and its [Drain] as soon as it drains. Any thread.
public final class OpenConnections {

    private final Set<Drain.Drainable> open = ConcurrentHashMap.newKeySet();

    /// Sockets that have left and whose `disconnect` handlers have not all run.
    private final AtomicInteger leaving = new AtomicInteger();

    private volatile @Nullable Drain drain;

    /// A connection has opened. It may have been accepted immediately before the drain began.
    public void add(Drain.Drainable connection) {
        open.add(connection);
        var begun = drain;
        if (begun != null) {
            connection.drain(begun.window());
        }
    }

    /// A connection has closed.
    public void remove(Drain.Drainable connection) {
        open.remove(connection);
        check();
    }

    /// A socket leaves (1), or its handlers have run (-1).
    public void leaving(int change) {
        if (leaving.addAndGet(change) == 0) {
            check();
        }
    }

    /// Starts to close all connections.
    ///
    /// @param refuse refuses new connections with this response
    public Drain drain(Duration window, Consumer<HttpResponse> refuse) {
        var begun = new Drain(window);
        drain = begun;
        refuse.accept(begun.refusal());
        begun.begin(open);
        check();
        return begun;
    }

    private void check() {
        var begun = drain;
        if (begun != null && open.isEmpty() && leaving.get() == 0) {
            begun.complete();
        }
    }
}
