package io.natter.netty.websocket;

import io.natter.host.UpgradeExchange;
import io.natter.netty.frame.FrameException;
import io.natter.netty.frame.FrameReader;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.HostCounters;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// The input of a WebSocket, from the connection to the frame reader. Bytes are read at once, with
/// three exceptions. The socket is not open yet; or this pass has read its share of frames or
/// inflated bytes. Or a message is unfinished while all clients together exceed the memory budget.
/// Then the bytes wait in `kept`, one receive buffer at most, and reading from the connection
/// stops. On the strand.
abstract sealed class WebSocketInput extends WebSocketOutput implements FrameReader.Sink
        permits NettyWebSocket {
    /// After so many inflated bytes, or one message of the largest size, handlers have their turn.
    private static final int MIN_INFLATED = 1024 * 1024;

    /// The other connections have their turn after this many frames.
    private static final int MAX_FRAMES = 1000;

    private static final byte[] NOTHING = new byte[0];

    private final FrameReader reader;
    private final int maxWork;

    /// The input that was received and not read yet.
    private @Nullable ByteBuf kept;

    /// Whether reading goes on in a task that is queued, and not before.
    private boolean resuming;

    /// Whether the user of this wants to hear more.
    private boolean readingWanted = true;

    /// The work since other connections had their turn: inflated bytes, and a fixed cost for each
    /// frame.
    private int work;

    /// How much memory the account was told that input takes.
    private int reported;

    /// @param deflate what was agreed on, not what was offered
    WebSocketInput(
            EventLoopStrand strand,
            HostCounters counters,
            int maxMessageBytes,
            UpgradeExchange.@Nullable Deflate deflate) {
        super(strand, counters, deflate);
        this.reader = new FrameReader(maxMessageBytes, deflate != null);
        this.maxWork = Math.min(Math.max(maxMessageBytes, MIN_INFLATED), Integer.MAX_VALUE / 2);
    }

    /// Whether what comes is to be kept for later.
    abstract boolean isInHandshake();

    /// Whether what comes is thrown away unread.
    abstract boolean isOver();

    /// The peer broke a rule.
    abstract void violated(FrameException e);

    /// The socket has opened.
    final void startReading() {
        connection().setReading(kept == null);
    }

    /// Reads what came with the handshake.
    final void readEarly() {
        if (kept != null) {
            resume();
        }
    }

    /// A close frame was written: what comes is read to the peer's.
    final void readToTheEnd() {
        readingWanted = true;
        connection().setReading(kept == null);
        if (kept != null) {
            resumeSoon();
        }
    }

    @Override
    public final void setReading(boolean on) {
        if (!isOpen()) {
            return;
        }
        readingWanted = on;
        if (!on) {
            connection().setReading(false);
        } else if (kept != null) {
            resumeSoon();
        } else if (!resuming) {
            connection().setReading(true);
        }
    }

    @Override
    public final void received(ByteBuf in) {
        traffic.bytesIn.add(in.readableBytes());
        try {
            if (isInHandshake() || kept != null || resuming) {
                keep(in);
            } else {
                read(in);
                if (!isOver() && (reader.isPaused() || mustWait())) {
                    keep(in);
                    connection().setReading(false);
                    resumeSoon();
                }
            }
            report();
        } catch (Throwable t) {
            broke("What came on a WebSocket could not be read; it is closed", t);
        }
    }

    /// Whether a message grows no further in this pass of the event loop. Clients are told to close
    /// by tasks, and until these have run the others must not fill the memory.
    private boolean mustWait() {
        return reader.held() > 0 && counters().memory.isExceeded();
    }

    private void read(ByteBuf in) {
        try {
            if (!isOver()) {
                strand.reading(true);
                reader.read(in, this);
            }
        } catch (FrameException e) {
            violated(e);
        } catch (Throwable t) {
            broke("The listener of a WebSocket threw; it is closed", t);
        } finally {
            strand.reading(false);
        }
    }

    private void keep(ByteBuf in) {
        if (in.isReadable()) {
            var before = kept;
            kept = before == null ? connection().alloc().buffer(in.readableBytes()) : before;
            kept.writeBytes(in);
        }
    }

    /// Reads on when the tasks that are queued on the strand now have run. Then handlers have
    /// received earlier messages, and the strand has read from its other connections.
    private void resumeSoon() {
        if (!resuming) {
            strand.executeAfterReads(this::resume);
            resuming = true;
        }
    }

    private void resume() {
        resuming = false;
        work = 0;
        try {
            if (mustWait()) {
                resumeSoon();
            } else if (readingWanted) {
                boolean enough = kept != null && readKept(kept);
                if (enough) {
                    resumeSoon();
                } else if (readingWanted) {
                    connection().setReading(true);
                }
            }
            report();
        } catch (Throwable t) {
            broke("What came on a WebSocket could not be read; it is closed", t);
        }
    }

    /// @return whether it was enough for now
    private boolean readKept(ByteBuf in) {
        read(in);
        boolean enough = reader.isPaused() && !isOver();
        if (kept != null && !(enough && in.isReadable())) {
            kept = null;
            in.release();
        }
        return enough;
    }

    /// Reports how much memory waits of what came, where that is more than whole messages.
    private void report() {
        int before = reported;
        int now = reader.held() + (kept == null ? 0 : kept.capacity());
        if (before != now) {
            reported = now;
            holds(before, now);
        }
    }

    @Override
    public final byte[] inflate(byte[] data, int length, int max) throws FrameException {
        // Input after our close frame is discarded.
        return isOpen() ? strand.deflater().inflate(data, length, max) : NOTHING;
    }

    @Override
    public final boolean hadEnough(int inflated) {
        work += inflated + maxWork / MAX_FRAMES;
        return !isOver() && (work > maxWork || (inflated > 0 && !readingWanted));
    }

    /// Nothing is read any more: gives back what is held.
    final void dropInput() {
        ReferenceCountUtil.release(kept);
        kept = null;
        reader.end();
        holds(reported, 0);
        reported = 0;
    }
}
