package io.natter.netty;

import io.natter.host.CloseCode;
import io.natter.host.HttpRequest;
import io.natter.host.PreparedMessage;
import io.natter.netty.frame.FrameWriter;
import io.natter.netty.websocket.NettyWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A WebSocket without Socket.IO. Handlers are set in the server's `onConnection` and miss nothing
/// there; setting one again replaces it. All methods may be called from any thread; what one thread
/// sends arrives in its order.
public final class WebSocketSession {
    /// Hears of the end: the peer's code (RFC 6455 §7.4), 1005 for none, 1006 where the line just
    /// broke, or 1002, 1007 or 1009 where the peer broke a rule and was refused.
    public interface CloseHandler {
        /// Called once, last.
        void closed(int code, String reason);
    }

    private final NettyWebSocket socket;
    private final WebSocketServer server;
    private final HttpRequest request;
    private final @Nullable String subprotocol;
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();

    // Set by handlers, read where handlers run: one after the other, but on changing threads.
    volatile Consumer<String> onText = ignored -> {};
    volatile Consumer<byte[]> onBinary = ignored -> {};
    volatile Consumer<byte[]> onPing = ignored -> {};
    volatile Consumer<byte[]> onPong = ignored -> {};
    volatile CloseHandler onClose = (ignored, ignored2) -> {};
    volatile @Nullable Consumer<Throwable> onError;
    private volatile boolean open = true;

    WebSocketSession(
            NettyWebSocket socket,
            WebSocketServer server,
            HttpRequest request,
            @Nullable String subprotocol) {
        this.socket = socket;
        this.server = server;
        this.request = request;
        this.subprotocol = subprotocol;
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
        return socket.waitingBytes();
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
        send(WebSocketServer.message(text));
    }

    /// Sends a binary message; the array must not change afterwards.
    public void send(byte[] data) {
        send(new PreparedMessage(data));
    }

    private void send(PreparedMessage message) {
        onStrand(() -> write(message));
    }

    /// Sends a text message to every other socket of the server.
    public void broadcast(String text) {
        server.broadcast(text, other -> other != this);
    }

    /// Sends a binary message to every other socket of the server.
    public void broadcast(byte[] data) {
        server.broadcast(data, other -> other != this);
    }

    /// Writes, or closes a receiver for whom too much waits. On the strand.
    void write(PreparedMessage message) {
        if (!socket.isOpen()) {
            return;
        }
        long waiting = socket.waitingBytes();
        if (waiting > server.maxWaitingBytes()) {
            // Much written in one pass is no sign of slowness: only what the kernel leaves is.
            socket.flush();
            waiting = socket.waitingBytes();
        }
        if (waiting > server.maxWaitingBytes()) {
            server.overflowed(socket);
            socket.terminate("the peer reads too slowly: " + waiting + " bytes wait");
        } else {
            socket.send(message);
        }
    }

    /// Sends a ping.
    ///
    /// @param payload at most 125 bytes
    public void ping(byte[] payload) {
        if (payload.length > FrameWriter.MAX_CONTROL) {
            throw new IllegalArgumentException(
                    "a ping carries at most 125 bytes, not " + payload.length);
        }
        onStrand(() -> socket.ping(payload));
    }

    /// Closes after all that was sent, without a status.
    public void close() {
        onStrand(() -> socket.close(CloseCode.NO_STATUS, ""));
    }

    /// Closes after all that was sent.
    ///
    /// @param code 1000 to 1014 but 1004 to 1006, or 3000 to 4999 (RFC 6455 §7.4)
    /// @param reason cut to 123 bytes
    public void close(int code, String reason) {
        if (!CloseCode.isSendable(code)) {
            throw new IllegalArgumentException("close code " + code + " must not be sent");
        }
        onStrand(() -> socket.close(code, reason));
    }

    /// Closes at once, whatever waits.
    public void terminate() {
        onStrand(socket::terminate);
    }

    private void onStrand(Runnable task) {
        if (socket.strand().isCurrent()) {
            task.run();
        } else {
            try {
                socket.strand().execute(task);
            } catch (RejectedExecutionException ignored) {
                // The host has closed, and the socket with it.
            }
        }
    }

    /// On the strand.
    void failed(String what, Throwable cause) {
        socket.broke(what, cause);
    }

    void ended() {
        open = false;
    }

    static String string(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
