package io.natter.webtransport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.CountedHostMetrics;
import io.natter.host.MemoryBudget;
import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.host.strand.StrandWebSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A stream of WebTransport, used as a WebSocket. Messages are queued on the strand and written on
/// the event loop.
final class StreamWebSocket extends StrandWebSocket {
    /// The bytes of the client that may wait for the strand. With more, the stream is not read.
    private static final int MAX_UNHEARD_BYTES = 64 * 1024;

    /// The time for a client to read the rest, once the session is closed.
    private static final long CLOSE_SECONDS = 10;

    /// The time that the session stays open after the end of its stream. A browser drops what its
    /// page has not yet read when the session ends, and does not say what the page has read.
    private static final long READING_SECONDS = 1;

    private final EngineStream stream;
    private final ConcurrentLinkedQueue<ByteBuf> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final AtomicInteger unheard = new AtomicInteger();
    private volatile boolean isWanted = true;
    private volatile @Nullable CloseStatus closing;

    /// The last write. On the event loop.
    private @Nullable ChannelFuture last;

    private record CloseStatus(int code, String reason) {}

    StreamWebSocket(
            Strand strand, MemoryBudget budget, CountedHostMetrics metrics, EngineStream stream) {
        super(strand, budget, metrics);
        this.stream = stream;
    }

    // ---- input

    /// A message came. On the event loop.
    void received(byte[] payload, boolean isBinary) {
        metrics().received(payload.length);
        if (unheard.addAndGet(payload.length) > MAX_UNHEARD_BYTES) {
            updateReading();
        }
        tell(
                to -> {
                    try {
                        if (isBinary) {
                            to.binary(payload);
                        } else {
                            to.text(payload);
                        }
                    } finally {
                        heard(payload.length);
                    }
                });
    }

    private void heard(int bytes) {
        int after = unheard.addAndGet(-bytes);
        if (after <= MAX_UNHEARD_BYTES && after + bytes > MAX_UNHEARD_BYTES) {
            onLoop(this::updateReading);
        }
    }

    /// Reads from the stream, or lets the client wait. On the event loop.
    void updateReading() {
        stream.channel().config().setAutoRead(isWanted && unheard.get() <= MAX_UNHEARD_BYTES);
    }

    @Override
    public void setReading(boolean on) {
        isWanted = on;
        onLoop(this::updateReading);
    }

    // ---- output

    @Override
    public void send(PreparedMessage message, boolean prefixed) {
        boolean isBinary = message.opcode() != PreparedMessage.TEXT;
        boolean withPrefix = prefixed && message.prefix() != PreparedMessage.NO_PREFIX;
        int size = message.size() + (withPrefix ? 1 : 0);
        var header = Unpooled.buffer(10).writeBytes(Frames.header(size, isBinary));
        if (withPrefix) {
            header.writeByte(message.prefix());
        }
        add(Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(message.payload())));
    }

    @Override
    public void sendText(String text) {
        var bytes = text.getBytes(UTF_8);
        add(Unpooled.wrappedBuffer(Frames.header(bytes.length, false), bytes));
    }

    /// WebTransport has no pings; QUIC has its own.
    @Override
    public void ping(byte[] payload) {}

    private void add(ByteBuf frame) {
        if (!isOpen() || closing != null) {
            return;
        }
        metrics().sent(frame.readableBytes());
        queued(frame.readableBytes());
        queue.add(frame);
        flush();
    }

    @Override
    public void flush() {
        if (isScheduled.compareAndSet(false, true)) {
            onLoop(this::write);
        }
    }

    private void write() {
        isScheduled.set(false);
        var channel = stream.channel();
        boolean isWritten = false;
        for (var frame = queue.poll(); frame != null; frame = queue.poll()) {
            int bytes = frame.readableBytes();
            last = channel.write(frame).addListener(written -> written(bytes, written.cause()));
            isWritten = true;
        }
        if (isWritten) {
            channel.flush();
        }
        if (closing != null) {
            leave(closing);
        }
    }

    private void written(int bytes, @Nullable Throwable cause) {
        taken(bytes);
        if (cause != null && isOpen()) {
            failed(String.valueOf(cause.getMessage()));
            terminate();
        }
    }

    // ---- end

    @Override
    public void close(int code, String reason) {
        if (isOpen() && closing == null) {
            closing = new CloseStatus(code, reason);
            flush();
        }
    }

    /// Ends the stream once all that was sent has left, and then the session.
    private void leave(CloseStatus status) {
        var channel = stream.channel();
        Runnable end =
                () -> {
                    int code = status.code() == CloseCode.NO_STATUS ? 0 : status.code();
                    Runnable close = () -> stream.client().close(code, status.reason());
                    channel.shutdownOutput().addListener(done -> later(close));
                    ended(status.code(), status.reason());
                };
        var before = last;
        if (before == null || before.isDone()) {
            end.run();
        } else {
            before.addListener(written -> end.run());
            Runnable abort = stream.client()::abort;
            var ignored = channel.eventLoop().schedule(abort, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void later(Runnable close) {
        var ignored =
                stream.channel().eventLoop().schedule(close, READING_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected void drop() {
        onLoop(
                () -> {
                    for (var frame = queue.poll(); frame != null; frame = queue.poll()) {
                        taken(frame.readableBytes());
                        frame.release();
                    }
                });
    }

    @Override
    protected void shut(int code, String reason) {
        if (code == CloseCode.GOING_AWAY) {
            stream.client().abort();
        } else {
            stream.client().close(code, reason);
        }
    }

    void onLoop(Runnable task) {
        var loop = stream.channel().eventLoop();
        try {
            if (loop.inEventLoop()) {
                task.run();
            } else {
                loop.execute(task);
            }
        } catch (RejectedExecutionException e) {
            // The host has ended.
        }
    }
}
