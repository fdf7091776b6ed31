package io.natter.netty.websocket;

import io.natter.host.PreparedMessage;
import io.natter.host.UpgradeExchange;
import io.natter.netty.frame.FrameWriter;
import io.natter.netty.loop.Connection;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.Flushable;
import io.natter.netty.loop.FrameSlice;
import io.natter.netty.loop.HostCounters;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The output of a WebSocket: whole frames, queued here and given to its [Connection] once a pass
/// of the strand. A class above [NettyWebSocket] and not an object beside it, so that a frame takes
/// no detour. Everything but `waitingBytes` on the strand.
///
/// A queued frame is a range of memory that the strand uses again after its flush. Two rules ensure
/// that no client gets other bytes, even if an exception interrupts a flush. A range is sent only
/// in the turn in which it was noted. And after a write has begun and not returned, nothing is
/// written any more. A socket that finds a rule broken is closed.
abstract sealed class WebSocketOutput extends WebSocketMemory implements Flushable
        permits WebSocketInput {
    private static final int NO_DEFLATE = -1;

    /// With so many pieces in its queue a socket is flushed before the pass ends.
    private static final int MAX_QUEUED = 1024;

    private final int deflateThreshold;

    private @Nullable Connection connection;

    /// The strand's turn in which this was last listed to be flushed, or 0 after the flush. Queued
    /// output is valid in this turn only.
    private int listedIn;

    /// A write to the connection is under way, or was interrupted.
    private boolean writing;

    /// The output that waits for the flush: nearly always one piece of a buffer, or several frames.
    private @Nullable ByteBuf piece;

    private int from;
    private int to;
    private boolean shareable;
    private @Nullable ArrayList<FrameSlice> several;

    /// Read anywhere, where it may be a little late.
    private int queuedBytes;

    /// @param deflate what was agreed on, not what was offered
    WebSocketOutput(
            EventLoopStrand strand,
            HostCounters counters,
            UpgradeExchange.@Nullable Deflate deflate) {
        super(strand, counters);
        this.deflateThreshold = deflate == null ? NO_DEFLATE : Math.max(1, deflate.threshold());
    }

    /// Takes a connection, or one in place of another.
    final void attach(Connection next) {
        connection = next;
    }

    public final Connection connection() {
        var now = connection;
        if (now == null) {
            throw new IllegalStateException("not connected");
        }
        return now;
    }

    /// Whether there is a connection, and it is not down.
    final boolean isUp() {
        var now = connection;
        return now != null && now.isUp();
    }

    /// Whether messages may leave: after the handshake, before any close frame.
    abstract boolean isOpen();

    /// Sends the answer to the handshake, at once and not together with the first messages. A
    /// client that reads both in one piece may miss a message that comes before its event `open`.
    /// `open` follows in the same task.
    final void writeHandshake(ByteBuf answer) {
        write(strand.lend(answer));
        flush();
    }

    @Override
    public final void send(PreparedMessage message, boolean prefixed) {
        if (!isOpen()) {
            return;
        }
        try {
            boolean compressed =
                    deflateThreshold != NO_DEFLATE
                            && message.compress()
                            && message.size() >= deflateThreshold;
            write(strand.frame(message, prefixed, compressed), 1);
        } catch (Throwable t) {
            // A broadcast goes on to the others. This one would miss a message, so it is closed.
            broke("A message could not be written to a WebSocket, which is closed", t);
        }
    }

    @Override
    public final void sendText(String text) {
        try {
            if (isOpen()) {
                write(strand.lend(FrameWriter.text(connection().alloc(), text)), 1);
            }
        } catch (Throwable t) {
            broke("A packet could not be written to a WebSocket, which is closed", t);
        }
    }

    @Override
    public final void ping(byte[] payload) {
        try {
            if (isOpen()) {
                write(
                        strand.lend(
                                FrameWriter.control(
                                        connection().alloc(), FrameWriter.PING, payload)));
            }
        } catch (Throwable t) {
            broke("A ping could not be written to a WebSocket, which is closed", t);
        }
    }

    /// Sends a frame with the next flush.
    final void write(FrameSlice frame) {
        write(frame, 0);
    }

    /// @param messages how many messages end with this frame
    private void write(FrameSlice frame, int messages) {
        boolean listed = listedIn == strand.turn();
        if (!listed && piece != null) {
            lost();
            return;
        }
        traffic.messagesOut.add(messages);
        traffic.bytesOut.add(frame.length());
        queue(frame);
        if (!listed) {
            listedIn = strand.turn();
            strand.touch(this);
        }
    }

    private void queue(FrameSlice frame) {
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
            several.add(new FrameSlice(piece, from, to - from, shareable));
            several.add(frame);
        }
    }

    /// Called by the strand after `touch`.
    @Override
    public final void flushNow() {
        boolean current = listedIn == strand.turn();
        listedIn = 0;
        flush(current);
    }

    @Override
    public final void flush() {
        flush(listedIn == strand.turn());
    }

    /// @param current whether what is queued was queued in this turn of the strand
    private void flush(boolean current) {
        var first = piece;
        if (first == null) {
            return;
        }
        var frames = several;
        int bytes = queuedBytes;
        drop();
        if (!current || writing) {
            lost();
            return;
        }
        writing = true;
        try {
            if (frames == null) {
                connection().write(first, from, to, shareable);
            } else {
                connection().write(frames);
            }
            writing = false;
        } catch (Throwable t) {
            broke("A WebSocket could not be written to and is closed", t);
            return;
        }
        if (bytes >= Connection.HIGH_WATER && isWritable()) {
            tellWritable();
        }
    }

    private void drop() {
        piece = null;
        several = null;
        queuedBytes = 0;
    }

    /// A flush that was interrupted has lost queued output, or a part of written output.
    private void lost() {
        drop();
        terminate("what was written to the client was lost");
    }

    /// Whether a write to the connection was interrupted, or is under way.
    final boolean isInterrupted() {
        return writing;
    }

    /// Closes at once; `why` is what the listener is told.
    abstract void terminate(String why);

    /// Closes because of something that should not have happened. Throws nothing.
    abstract void broke(String what, Throwable cause);

    @Override
    public final void writable() {
        if (writing) {
            // A pipeline may say so while it is written to.
            strand.execute(this::tellWritable);
        } else {
            tellWritable();
        }
    }

    /// The socket was not writable and may be now.
    abstract void tellWritable();

    @Override
    public final boolean isWritable() {
        return isOpen() && queuedBytes < Connection.HIGH_WATER && connection().isWritable();
    }

    @Override
    public final long waitingBytes() {
        var now = connection;
        return queuedBytes + (now == null ? 0 : now.waitingBytes());
    }
}
