package io.natter.netty;

import io.natter.engine.HttpRequest;
import io.natter.engine.Outgoing;
import io.natter.protocol.Frame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A WebSocket without Socket.IO. Handlers are set in the server's `onConnection` and miss nothing
/// there; setting one again replaces it. All methods may be called from any thread; what one thread
/// sends arrives in its order.
public final class PlainSocket {
    /// Hears of the end: the peer's code (RFC 6455 §7.4), 1005 for none, 1006 where the line just
    /// broke, or 1002, 1007 or 1009 where the peer broke a rule and was refused.
    public interface CloseHandler {
        /// Called once, last.
        void closed(int code, String reason);
    }

    private final NettyWebSocket socket;
    private final PlainWebSocketServer server;
    private final HttpRequest request;
    private final @Nullable String subprotocol;
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();

    // Set by handlers, read where handlers run: one after the other, but on changing threads.
    volatile Consumer<String> onText = _ -> {};
    volatile Consumer<byte[]> onBinary = _ -> {};
    volatile Consumer<byte[]> onPing = _ -> {};
    volatile Consumer<byte[]> onPong = _ -> {};
    volatile CloseHandler onClose = (_, _) -> {};
    volatile @Nullable Consumer<Throwable> onError;
    private volatile boolean open = true;

    PlainSocket(
            NettyWebSocket socket,
            PlainWebSocketServer server,
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
    public PlainSocket onMessage(Consumer<String> handler) {
        onText = handler;
        return this;
    }

    /// Called with each binary message; the array is the handler's.
    public PlainSocket onBinary(Consumer<byte[]> handler) {
        onBinary = handler;
        return this;
    }

    /// Called with the payload of each ping, which has been answered already.
    public PlainSocket onPing(Consumer<byte[]> handler) {
        onPing = handler;
        return this;
    }

    /// Called with the payload of each pong.
    public PlainSocket onPong(Consumer<byte[]> handler) {
        onPong = handler;
        return this;
    }

    /// Called at the end.
    public PlainSocket onClose(CloseHandler handler) {
        onClose = handler;
        return this;
    }

    /// Called when another handler of this socket throws, which closes nothing. Without it the
    /// exception is logged.
    public PlainSocket onError(Consumer<Throwable> handler) {
        onError = handler;
        return this;
    }

    /// Sends a text message.
    public void send(String text) {
        send(PlainWebSocketServer.message(text));
    }

    /// Sends a binary message; the array must not change afterwards.
    public void send(byte[] data) {
        send(Outgoing.of(new Frame.Binary(data)));
    }

    private void send(Outgoing message) {
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
    void write(Outgoing message) {
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
            socket.send(message, 0);
        }
    }

    /// Sends a ping.
    ///
    /// @param payload at most 125 bytes
    public void ping(byte[] payload) {
        if (payload.length > OutFrames.MAX_CONTROL) {
            throw new IllegalArgumentException(
                    "a ping carries at most 125 bytes, not " + payload.length);
        }
        onStrand(() -> socket.ping(payload));
    }

    /// Closes after all that was sent, without a status.
    public void close() {
        onStrand(() -> socket.close(OutFrames.NO_STATUS, ""));
    }

    /// Closes after all that was sent.
    ///
    /// @param code 1000 to 1014 but 1004 to 1006, or 3000 to 4999 (RFC 6455 §7.4)
    /// @param reason cut to 123 bytes
    public void close(int code, String reason) {
        if (!FrameReader.mayBeSent(code)) {
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
            socket.strand().execute(task);
        }
    }

    void ended() {
        open = false;
    }

    static String string(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
