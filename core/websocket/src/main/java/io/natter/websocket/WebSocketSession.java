package io.natter.websocket;

import io.natter.host.CloseCode;
import io.natter.host.ConnectionsPerAddress.Place;
import io.natter.host.HttpRequest;
import io.natter.host.PreparedMessage;
import io.natter.host.WebSocketConnection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A WebSocket without Socket.IO. Handlers are set in the server's `onConnection` and miss nothing
/// there; setting one again replaces it. All methods may be called from any thread; what one thread
/// sends arrives in its order.
public final class WebSocketSession {
    /// Calls `listener` at the end with the peer's code (RFC 6455 §7.4). It is 1005 for none, 1006
    /// if the connection broke, or 1002, 1007 or 1009 if the peer broke a rule.
    public interface CloseHandler {
        /// Called once, last.
        void closed(int code, String reason);
    }

    private static final int MAX_PING = 125;

    private final WebSocketServer server;
    private final WebSocketConnection connection;
    private final StrandSockets strand;
    private final HttpRequest request;
    private final @Nullable String subprotocol;
    private final Place place;
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();

    // Set by handlers, read where handlers run: one after the other, but on changing threads.
    volatile Consumer<String> onText = ignored -> {};
    volatile Consumer<byte[]> onBinary = ignored -> {};
    volatile Consumer<byte[]> onPing = ignored -> {};
    volatile Consumer<byte[]> onPong = ignored -> {};
    volatile CloseHandler onClose = (ignored, ignored2) -> {};
    volatile @Nullable Consumer<Throwable> onError;
    private volatile boolean open = true;

    /// Whether a close frame was sent or the connection was given up. The strand's.
    private boolean closing;

    /// Why the server gave the connection up, if it did. The strand's.
    private @Nullable String failure;

    WebSocketSession(
            WebSocketServer server,
            WebSocketConnection connection,
            StrandSockets strand,
            HttpRequest request,
            @Nullable String subprotocol,
            Place place) {
        this.server = server;
        this.connection = connection;
        this.strand = strand;
        this.request = request;
        this.subprotocol = subprotocol;
        this.place = place;
    }

    /// The request with which it began.
    public HttpRequest request() {
        return request;
    }

    /// The subprotocol that was chosen, or null.
    public @Nullable String subprotocol() {
        return subprotocol;
    }

    /// Whatever the application keeps with the socket.
    public ConcurrentMap<String, Object> data() {
        return data;
    }

    /// Whether its end has not been heard of.
    public boolean isOpen() {
        return open;
    }

    /// Bytes written but not yet taken by the kernel.
    public long waitingBytes() {
        return connection.waitingBytes();
    }

    /// Called with each text message.
    public WebSocketSession onMessage(Consumer<String> handler) {
        onText = handler;
        return this;
    }

    /// Called with each binary message; the array is the handler's.
    public WebSocketSession onBinary(Consumer<byte[]> handler) {
        onBinary = handler;
        return this;
    }

    /// Called with the payload of each ping, which has been answered already.
    public WebSocketSession onPing(Consumer<byte[]> handler) {
        onPing = handler;
        return this;
    }

    /// Called with the payload of each pong.
    public WebSocketSession onPong(Consumer<byte[]> handler) {
        onPong = handler;
        return this;
    }

    /// Called at the end.
    public WebSocketSession onClose(CloseHandler handler) {
        onClose = handler;
        return this;
    }

    /// Called when another handler of this socket throws an exception, which closes nothing.
    /// Without it the exception is logged. An `Error`, as where the stack is used up, is logged and
    /// closes the socket with 1011.
    public WebSocketSession onError(Consumer<Throwable> handler) {
        onError = handler;
        return this;
    }

    /// Sends a text message.
    public void send(String text) {
        send(new PreparedMessage(text));
    }

    /// Sends a binary message; the array must not change afterwards.
    public void send(byte[] data) {
        send(new PreparedMessage(data));
    }

    private void send(PreparedMessage message) {
        strand.run(() -> write(message));
    }

    /// Sends a text message to every other socket of the server.
    public void broadcast(String text) {
        server.broadcast(text, other -> other != this);
    }

    /// Sends a binary message to every other socket of the server.
    public void broadcast(byte[] data) {
        server.broadcast(data, other -> other != this);
    }

    /// Writes, or closes a receiver that has too much waiting. On the strand.
    void write(PreparedMessage message) {
        if (!open || closing) {
            return;
        }
        long max = server.options().maxWaitingBytes;
        long waiting = max > 0 ? connection.waitingBytes() : 0;
        if (waiting > max) {
            // Much written in one pass is no sign of slowness: only what the kernel leaves is.
            connection.flush();
            waiting = connection.waitingBytes();
        }
        if (waiting > max && max > 0) {
            server.tooSlow(this, waiting + " bytes wait");
            terminate("the peer reads too slowly: " + waiting + " bytes wait");
        } else {
            connection.send(message);
        }
    }

    /// Sends a ping.
    ///
    /// @param payload at most 125 bytes
    public void ping(byte[] payload) {
        if (payload.length > MAX_PING) {
            throw new IllegalArgumentException(
                    "a ping carries at most 125 bytes, not " + payload.length);
        }
        strand.run(
                () -> {
                    if (open && !closing) {
                        connection.ping(payload);
                    }
                });
    }

    /// Closes after all that was sent, without a status.
    public void close() {
        strand.run(() -> closeNow(CloseCode.NO_STATUS, ""));
    }

    /// Closes after all that was sent.
    ///
    /// @param code 1000 to 1014 but 1004 to 1006, or 3000 to 4999 (RFC 6455 §7.4)
    /// @param reason cut to 123 bytes
    public void close(int code, String reason) {
        if (!CloseCode.isSendable(code)) {
            throw new IllegalArgumentException("close code " + code + " must not be sent");
        }
        strand.run(() -> closeNow(code, reason));
    }

    private void closeNow(int code, String reason) {
        if (open && !closing) {
            closing = true;
            connection.close(code, reason);
        }
    }

    /// Closes at once, whatever waits.
    public void terminate() {
        strand.run(() -> terminate(null));
    }

    private void terminate(@Nullable String why) {
        closing = true;
        if (failure == null) {
            failure = why;
        }
        connection.terminate();
    }

    /// Something threw that should not have: the socket is closed. On the strand.
    void failed(String where, Throwable cause) {
        server.metrics().failures.increment();
        server.logs().failure(where, where + " failed, and the WebSocket is closed", cause);
        try {
            if (closing) {
                terminate("internal error");
            } else {
                closeNow(CloseCode.INTERNAL_ERROR, "internal error");
            }
        } catch (Throwable t) {
            server.logs().failure("close", "a WebSocket could not be closed properly", t);
            terminate("internal error");
        }
    }

    /// The client holds too much of the memory budget. On the strand.
    void endForMemory(String detail) {
        if (open) {
            server.exceededMemory(this, detail);
            terminate("out of memory budget: " + detail);
        }
    }

    /// Runs a handler. An exception is told to the application or logged; an `Error` goes on to the
    /// caller and closes the socket.
    void guard(Runnable handler) {
        try {
            handler.run();
        } catch (Exception e) {
            var hook = onError;
            if (hook == null) {
                server.logs().failure("handler", "a handler of a WebSocket threw", e);
                return;
            }
            try {
                hook.accept(e);
            } catch (Exception again) {
                again.addSuppressed(e);
                server.logs().failure("onError", "onError of a WebSocket threw", again);
            }
        }
    }

    /// Reports the end to the application. On the strand.
    String endReason(int code, String reason) {
        var why = failure;
        return why != null && code == CloseCode.ABNORMAL ? why : reason;
    }

    /// The connection has ended. On the strand.
    void ended() {
        open = false;
        strand.remove(this);
        place.free();
    }
}
