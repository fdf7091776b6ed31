package io.natter.host.strand;

import io.natter.host.ClientMemory;
import io.natter.host.CloseCode;
import io.natter.host.CountedHostMetrics;
import io.natter.host.MemoryBudget;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A WebSocket of a server that has threads of its own. It hands the events over to the strand in
/// order, and counts the bytes that wait for the client. A host extends it with the methods that
/// send and close. Any thread, unless a method says otherwise.
public abstract class StrandWebSocket extends ClientMemory implements WebSocketConnection {
    private static final RateLimitedLog LOGS = new RateLimitedLog(StrandWebSocket.class);
    private static final int LOW_WATER = 32 * 1024;
    private static final int HIGH_WATER = 64 * 1024;

    private final Strand strand;
    private final MemoryBudget budget;
    private final CountedHostMetrics metrics;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean isFull = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile @Nullable WebSocketListener listener;

    /// The last failure of the connection, for the reason of its end.
    private volatile String failure = "";

    /// Whether the listener threw or was told of the end. The strand's.
    private boolean ignoresEvents;

    /// An open WebSocket without a listener.
    ///
    /// @param strand where the listener is called
    /// @param budget what waits for the client counts for it
    /// @param metrics count upgrades, closes and failures
    protected StrandWebSocket(Strand strand, MemoryBudget budget, CountedHostMetrics metrics) {
        this.strand = strand;
        this.budget = budget;
        this.metrics = metrics;
    }

    /// Ends the connection with `code`, whatever waits. Called once, on any thread; must not block.
    protected abstract void shut(int code, String reason);

    /// Drops what waits for the client; nothing more is sent. Called once, on any thread.
    protected abstract void drop();

    @Override
    public final Strand strand() {
        return strand;
    }

    @Override
    protected final MemoryBudget budget() {
        return budget;
    }

    /// The counters of the host.
    protected final CountedHostMetrics metrics() {
        return metrics;
    }

    /// The connection is open; `to` makes its listener on the strand.
    public final void opened(Function<WebSocketConnection, WebSocketListener> to) {
        metrics.upgrades.increment();
        post(() -> listener = to.apply(this));
    }

    /// Whether the connection has not ended yet.
    public final boolean isOpen() {
        return !isClosed.get();
    }

    /// Something failed. This is the reason of the end, if there is no better one.
    public final void failed(String why) {
        failure = why;
    }

    /// The connection has ended. Only the first call counts.
    public final void ended(int code, String reason) {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        metrics.webSocketsClosed.increment();
        drop();
        closeAccount();
        var why = reason.isEmpty() ? failure : reason;
        // Behind the messages that came before, which are still delivered. The last of them may be
        // an upgrade or a close packet.
        post(
                () -> {
                    ignoresEvents = true;
                    var to = listener;
                    if (to != null) {
                        to.closed(code, why);
                    }
                });
    }

    /// Closes for a fault of the peer, or of the server.
    public final void refuse(int code, String reason) {
        ended(code, reason);
        shut(code, reason);
    }

    @Override
    public final void terminate() {
        ended(CloseCode.ABNORMAL, "");
        shut(CloseCode.GOING_AWAY, "");
    }

    /// Hands an event to the listener, also where the connection has ended meanwhile: what the peer
    /// sent before it left is heard.
    public final void tell(Consumer<WebSocketListener> event) {
        post(
                () -> {
                    var to = listener;
                    if (to != null && !ignoresEvents) {
                        try {
                            event.accept(to);
                        } catch (Throwable t) {
                            broke(t);
                        }
                    }
                });
    }

    /// Runs an event on the strand, if it still runs.
    private void post(Runnable event) {
        var ignored = strand.tryExecute(event);
    }

    /// A listener threw: the connection is closed, and the strand goes on.
    private void broke(Throwable cause) {
        ignoresEvents = true;
        LOGS.failure("listener", "a listener of a WebSocket threw; the WebSocket is closed", cause);
        metrics.failures.increment();
        refuse(CloseCode.INTERNAL_ERROR, "the server failed on this connection");
    }

    @Override
    public final void closeForMemory(String detail) {
        post(
                () -> {
                    var to = listener;
                    if (!isOpen()) {
                        return;
                    }
                    metrics.closedForMemory.increment();
                    if (to != null) {
                        to.overMemory(detail);
                    }
                    failure = "out of memory budget: " + detail;
                    terminate();
                });
    }

    /// Bytes were added to what waits for the client.
    protected final void queued(int bytes) {
        long after = waiting.addAndGet(bytes);
        holds(after - bytes, after);
        if (after >= HIGH_WATER) {
            isFull.set(true);
            whenLow(waiting.get());
        }
    }

    /// Bytes wait no longer.
    protected final void taken(int bytes) {
        long after = waiting.addAndGet(-bytes);
        holds(after + bytes, after);
        whenLow(after);
    }

    private void whenLow(long bytes) {
        if (bytes < LOW_WATER && isFull.compareAndSet(true, false) && isOpen()) {
            tell(WebSocketListener::writable);
        }
    }

    @Override
    public final boolean isWritable() {
        return isOpen() && !isFull.get();
    }

    @Override
    public final long waitingBytes() {
        return waiting.get();
    }
}
