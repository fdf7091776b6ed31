package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What leaves by a WebSocket: whole frames, queued here and given to its [Line] once a pass of the
/// strand. A class above [NettyWebSocket] and not an object beside it, so that a frame takes no
/// detour. Everything but `waitingBytes` on the strand.
abstract sealed class WebSocketOutput implements WebSocketConnection permits NettyWebSocket {
    private static final int NO_DEFLATE = -1;

    /// With so many pieces in its queue a socket is flushed before the pass ends.
    private static final int MAX_QUEUED = 1024;

    final EventLoopStrand strand;
    final Traffic traffic;
    private final int deflateThreshold;

    private @Nullable Line line;
    private boolean touched;

    /// What waits for the flush: one piece of a buffer, as it nearly always is, or several frames.
    private @Nullable ByteBuf piece;

    private int from;
    private int to;
    private boolean shareable;
    private @Nullable ArrayList<WireFrame> several;

    /// Read anywhere, where it may be a little late.
    private int queuedBytes;

    /// @param deflate what was agreed on, not what was offered
    WebSocketOutput(
            EventLoopStrand strand,
            HostMetrics metrics,
            UpgradeExchange.@Nullable Deflate deflate) {
        this.strand = strand;
        this.traffic = metrics.on(strand);
        this.deflateThreshold = deflate == null ? NO_DEFLATE : Math.max(1, deflate.threshold());
    }

    /// Takes a line, or one in place of another.
    final void standOn(Line newLine) {
        line = newLine;
    }

    final Line line() {
        var standing = line;
        if (standing == null) {
            throw new IllegalStateException("not connected");
        }
        return standing;
    }

    /// Whether there is a line, and it is not down.
    final boolean isUp() {
        var standing = line;
        return standing != null && standing.isUp();
    }

    /// Whether messages may leave: after the handshake, before any close frame.
    abstract boolean isOpen();

    @Override
    public final EventLoopStrand strand() {
        return strand;
    }

    final HostMetrics metrics() {
        return traffic.host;
    }

    /// Sends the answer to the handshake, at once and not together with the first messages: a
    /// client that reads both in one piece may miss a message that comes before it has seen `open`.
    /// `open` follows in the same task.
    final void writeHandshake(ByteBuf answer) {
        write(strand.lend(answer));
        flush();
    }

    @Override
    public final void send(Outgoing message, int protocol) {
        if (!isOpen()) {
            return;
        }
        var frame = message.frame();
        boolean compressed =
                deflateThreshold != NO_DEFLATE
                        && message.compress()
                        && PreparedFrames.length(frame) >= deflateThreshold;
        write(strand.frame(message, PreparedFrames.hasEngineForm(frame, protocol), compressed), 1);
    }

    @Override
    public final void sendText(String text) {
        if (isOpen()) {
            write(strand.lend(OutFrames.text(line().alloc(), text)), 1);
        }
    }

    /// Sends a ping of at most 125 bytes.
    final void ping(byte[] payload) {
        if (isOpen()) {
            write(strand.lend(OutFrames.control(line().alloc(), OutFrames.PING, payload)));
        }
    }

    /// Sends a frame with the next flush.
    final void write(WireFrame frame) {
        write(frame, 0);
    }

    /// @param messages how many messages end with this frame
    private void write(WireFrame frame, int messages) {
        traffic.messagesOut.add(messages);
        traffic.bytesOut.add(frame.length());
        queue(frame);
        if (!touched) {
            touched = true;
            strand.touch(this);
        }
    }

    private void queue(WireFrame frame) {
        queuedBytes += frame.length();
        var more = several;
        if (more != null) {
            more.add(frame);
            if (more.size() == MAX_QUEUED) {
                flush();
            }
        } else if (piece == null) {
            piece = frame.in();
            from = frame.from();
            to = frame.end();
            shareable = frame.shareable();
        } else if (frame.follows(piece, to)) {
            to = frame.end();
        } else {
            several = new ArrayList<>();
            several.add(new WireFrame(piece, from, to - from, shareable));
            several.add(frame);
        }
    }

    /// Called by the strand after `touch`.
    final void flushNow() {
        touched = false;
        flush();
    }

    @Override
    public final void flush() {
        var first = piece;
        if (first == null) {
            return;
        }
        var frames = several;
        int bytes = queuedBytes;
        piece = null;
        several = null;
        queuedBytes = 0;
        if (frames == null) {
            line().write(first, from, to, shareable);
        } else {
            line().write(frames);
        }
        if (bytes >= Line.HIGH_WATER && isWritable()) {
            writable();
        }
    }

    /// The socket was not writable and now is.
    abstract void writable();

    @Override
    public final boolean isWritable() {
        return isOpen() && queuedBytes < Line.HIGH_WATER && line().isWritable();
    }

    @Override
    public final long waitingBytes() {
        var standing = line;
        return queuedBytes + (standing == null ? 0 : standing.waitingBytes());
    }
}
