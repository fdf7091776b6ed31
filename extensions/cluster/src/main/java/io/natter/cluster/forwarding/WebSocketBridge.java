package io.natter.cluster.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Passes messages between a client's WebSocket and the one to the server of its session. A side
/// that does not take more makes the other wait. All fields but `partial` belong to the strand of
/// the client's connection; `partial` to the calls of the listener of the server's side.
final class WebSocketBridge implements WebSocketListener, WebSocket.Listener {
    /// While so many bytes wait for the server, the client is not read.
    private static final int HIGH_MARK = 256 << 10;

    /// Messages of the server that may be on their way to the client's strand.
    private static final int WINDOW = 32;

    private static final int MAX_MESSAGE = 64 << 20;

    /// The server has so long to take what waits when the client has closed.
    private static final long LAST_NANOS = 10_000_000_000L;

    private final Strand strand;
    private final InFlight inFlight;
    private final Queue<byte[]> toServer = new ArrayDeque<>();
    private final Queue<Boolean> isText = new ArrayDeque<>();
    private final StringBuilder partialText = new StringBuilder();
    private final ByteArrayOutputStream partialBytes = new ByteArrayOutputStream();
    private @Nullable WebSocketConnection client;
    private @Nullable WebSocket server;
    private long waiting;
    private boolean sending;
    private boolean stopped;
    private int owed;
    private int closeCode;
    private boolean ended;

    WebSocketBridge(Strand strand, InFlight inFlight) {
        this.strand = strand;
        this.inFlight = inFlight;
    }

    /// Both sides are open. On the strand.
    WebSocketListener join(WebSocketConnection connection, WebSocket socket) {
        client = connection;
        server = socket;
        socket.request(WINDOW);
        return this;
    }

    // ---- from the client

    @Override
    public void text(byte[] utf8) {
        take(utf8, true);
    }

    @Override
    public void binary(byte[] data) {
        take(data, false);
    }

    private void take(byte[] message, boolean text) {
        toServer.add(message);
        isText.add(text);
        waiting += message.length;
        if (waiting > HIGH_MARK && !stopped && client != null) {
            stopped = true;
            client.setReading(false);
        }
        pump();
    }

    /// Sends what waits for the server, one after the other.
    private void pump() {
        var to = server;
        if (sending || to == null) {
            return;
        }
        byte[] message = toServer.poll();
        if (message == null) {
            if (closeCode != 0) {
                endServer(to);
            }
            return;
        }
        sending = true;
        boolean text = Boolean.TRUE.equals(isText.poll());
        CompletableFuture<WebSocket> sent =
                text
                        ? to.sendText(new String(message, UTF_8), true)
                        : to.sendBinary(ByteBuffer.wrap(message), true);
        var ignored =
                sent.whenComplete(
                        (socket, failure) -> onStrand(() -> sent(message.length, failure)));
    }

    private void sent(int length, @Nullable Throwable failure) {
        sending = false;
        waiting -= length;
        if (failure != null) {
            toServer.clear();
            lost();
            return;
        }
        if (stopped && waiting <= HIGH_MARK / 2 && client != null) {
            stopped = false;
            client.setReading(true);
        }
        pump();
    }

    @Override
    public void writable() {
        if (owed > 0 && server != null) {
            server.request(owed);
            owed = 0;
        }
    }

    @Override
    public void closed(int code, String reason) {
        closeCode = code;
        var to = server;
        if (to != null) {
            // Harmless where it has closed by then.
            var ignored = strand.schedule(to::abort, LAST_NANOS);
        }
        pump();
        end();
    }

    private void endServer(WebSocket to) {
        if (closeCode == CloseCode.ABNORMAL) {
            to.abort();
            return;
        }
        int code = closeCode == CloseCode.NO_STATUS ? CloseCode.NORMAL : closeCode;
        // The other server needs no answer: it has ended the session when it hears of the close.
        var ignored = to.sendClose(code, "").whenComplete((socket, failure) -> to.abort());
    }

    /// Gives the place back, once.
    private void end() {
        if (!ended) {
            ended = true;
            inFlight.leave();
        }
    }

    // ---- from the server

    @Override
    public void onOpen(WebSocket socket) {
        // Nothing is read before the client is there.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partialText.append(data);
        if (last) {
            byte[] message = partialText.toString().getBytes(UTF_8);
            partialText.setLength(0);
            onStrand(() -> pass(PreparedMessage.TEXT, message));
        } else {
            goOn(socket, partialText.length());
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        if (last && partialBytes.size() == 0) {
            onStrand(() -> pass(PreparedMessage.BINARY, part));
            return null;
        }
        partialBytes.writeBytes(part);
        if (last) {
            byte[] message = partialBytes.toByteArray();
            partialBytes.reset();
            onStrand(() -> pass(PreparedMessage.BINARY, message));
        } else {
            goOn(socket, partialBytes.size());
        }
        return null;
    }

    /// Reads the next part of a message.
    private void goOn(WebSocket socket, int length) {
        if (length > MAX_MESSAGE) {
            socket.abort();
            onStrand(this::lost);
        } else {
            socket.request(1);
        }
    }

    private void pass(int opcode, byte[] message) {
        var to = client;
        if (to == null || closeCode != 0) {
            return;
        }
        to.send(new PreparedMessage(opcode, message, PreparedMessage.NO_PREFIX, true));
        if (to.isWritable() && server != null) {
            server.request(1);
        } else {
            owed++;
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        onStrand(
                () -> {
                    if (client != null) {
                        client.close(
                                CloseCode.isSendable(code) ? code : CloseCode.NO_STATUS, reason);
                    }
                });
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        onStrand(this::lost);
    }

    /// The server's side has failed: the client comes back to another one.
    private void lost() {
        if (client != null) {
            client.terminate();
        }
    }

    private void onStrand(Runnable task) {
        if (strand.tryExecute(task)) {
            return;
        }
        var to = server;
        if (to != null) {
            to.abort();
        }
    }
}
