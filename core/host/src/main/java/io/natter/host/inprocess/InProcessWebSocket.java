package io.natter.host.inprocess;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client's end of a WebSocket to an [InProcessHost].
public final class InProcessWebSocket {
    private static final int LOW_MARK = 32 << 10;

    private final ManualStrand strand;
    private final HttpRequest head;
    private final Connection connection = new Connection();
    private final List<String> received = new ArrayList<>();
    private final List<byte[]> pings = new ArrayList<>();
    private @Nullable HttpResponse refusal;
    private UpgradeExchange.@Nullable Acceptance acceptance;
    private @Nullable WebSocketListener listener;
    private Strand home;
    private int closeCode;
    private String closeReason = "";
    private final Deque<Runnable> unread = new ArrayDeque<>();
    private boolean reading = true;
    private boolean stalled;
    private long waiting;
    private long unflushed;
    private boolean flushQueued;

    InProcessWebSocket(ManualStrand strand, HttpRequest head) {
        this.strand = strand;
        this.head = head;
        this.home = strand;
    }

    UpgradeExchange exchange() {
        return new Exchange();
    }

    /// The answer of a server that refused, or null.
    public @Nullable HttpResponse refusal() {
        return refusal;
    }

    /// How the server accepted, or null.
    public UpgradeExchange.@Nullable Acceptance acceptance() {
        return acceptance;
    }

    /// Whether it was accepted and is not closed.
    public boolean isOpen() {
        return listener != null && closeCode == 0;
    }

    /// The code with which it was closed, 1006 for a lost connection, 0 while it is open.
    public int closeCode() {
        return closeCode;
    }

    /// The reason with which it was closed, empty for none and while it is open.
    public String closeReason() {
        return closeReason;
    }

    /// The messages received since the last call: text as it is, bytes as `0x` and hexadecimal.
    public List<String> received() {
        var all = List.copyOf(received);
        received.clear();
        return all;
    }

    /// The payloads of the pings received since the last call. They are not answered.
    public List<byte[]> pings() {
        var all = List.copyOf(pings);
        pings.clear();
        return all;
    }

    /// Sends a text message.
    public void send(String text) {
        var bytes = text.getBytes(UTF_8);
        deliver(bytes.length, to -> to.text(bytes));
    }

    /// Sends a binary message.
    public void send(byte[] data) {
        deliver(data.length, to -> to.binary(data));
    }

    /// Closes from the client's side.
    public void close(int code) {
        end(code, "");
        strand.run();
    }

    /// The client stops reading: what is sent waits.
    public void stall() {
        stalled = true;
    }

    /// While the client does not read, `bytes` more wait for it than were sent to it.
    public void fill(long bytes) {
        waiting += bytes;
    }

    /// The client reads on: nothing waits any more.
    public void resume() {
        stalled = false;
        boolean wasFull = !connection.isWritable();
        waiting = 0;
        var to = listener;
        if (wasFull && to != null && closeCode == 0) {
            home.execute(to::writable);
        }
        strand.run();
    }

    private void deliver(int length, java.util.function.Consumer<WebSocketListener> event) {
        var to = listener;
        var accepted = acceptance;
        if (to != null && accepted != null && closeCode == 0) {
            if (length > accepted.maxMessageBytes()) {
                end(CloseCode.TOO_BIG, "message of " + length + " bytes");
            } else {
                unread.add(() -> event.accept(to));
                home.execute(this::readOn);
            }
        }
        strand.run();
    }

    private void readOn() {
        while (reading && closeCode == 0 && !unread.isEmpty()) {
            unread.remove().run();
        }
    }

    private void end(int code, String reason) {
        var to = listener;
        if (closeCode == 0 && to != null) {
            closeCode = code;
            closeReason = reason;
            home.execute(() -> to.closed(code, reason));
        }
    }

    private final class Exchange implements UpgradeExchange {
        @Override
        public HttpRequest request() {
            return head;
        }

        @Override
        public Strand strand() {
            return strand;
        }

        @Override
        public void refuse(HttpResponse response) {
            refusal = response;
        }

        @Override
        public void accept(
                Strand to,
                Acceptance how,
                Function<WebSocketConnection, WebSocketListener> listens) {
            acceptance = how;
            home = to;
            to.execute(() -> listener = listens.apply(connection));
        }
    }

    private final class Connection implements WebSocketConnection {
        @Override
        public Strand strand() {
            return home;
        }

        @Override
        public void send(PreparedMessage message, boolean prefixed) {
            boolean isText = message.opcode() == PreparedMessage.TEXT;
            write(isText ? message.string(prefixed) : hex(message, prefixed), message.size());
        }

        private static String hex(PreparedMessage message, boolean prefixed) {
            var hex = HexFormat.of();
            boolean has = prefixed && message.prefix() != PreparedMessage.NO_PREFIX;
            var prefix = has ? hex.toHexDigits((byte) message.prefix()) : "";
            return "0x" + prefix + hex.formatHex(message.payload());
        }

        @Override
        public void ping(byte[] payload) {
            if (closeCode == 0) {
                pings.add(payload);
            }
        }

        private void flushAtTheEndOfThePass() {
            if (!flushQueued) {
                flushQueued = true;
                home.execute(
                        () -> {
                            flushQueued = false;
                            unflushed = 0;
                        });
            }
        }

        @Override
        public void sendText(String text) {
            write(text, text.length());
        }

        private void write(String frame, int bytes) {
            if (closeCode == 0) {
                received.add(frame);
                if (stalled) {
                    waiting += bytes;
                } else {
                    unflushed += bytes;
                    flushAtTheEndOfThePass();
                }
            }
        }

        @Override
        public void flush() {
            unflushed = 0;
        }

        @Override
        public boolean isWritable() {
            return closeCode == 0 && waiting < LOW_MARK;
        }

        @Override
        public long waitingBytes() {
            return waiting + unflushed;
        }

        @Override
        public void setReading(boolean on) {
            reading = on;
            home.execute(InProcessWebSocket.this::readOn);
        }

        @Override
        public void close(int code, String reason) {
            // As with a socket: the listener may still be on its way when the server closes.
            home.execute(() -> end(code, reason));
        }

        @Override
        public void terminate() {
            home.execute(() -> end(CloseCode.ABNORMAL, "terminated"));
        }
    }
}
