package io.natter.netty.loop;

import io.natter.host.PreparedMessage;
import io.natter.netty.frame.MessageDeflater;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// An event loop as a [io.natter.host.Strand]. Each event loop has one, for all hosts and ports.
/// Its fields are for the loop only.
public final class EventLoopStrand extends EventLoopTasks {
    /// When frames of this size are lent, the touched sockets are flushed before the pass ends.
    private static final long MAX_LENT_BYTES = 4 * 1024 * 1024;

    /// A fan-out that is alone writes to this number of sockets and then flushes them. They are
    /// few, so that the memory touched by writing is still in the processor's cache for the flush.
    private static final int TOGETHER = 16;

    /// The bytes that are read from a connection at once.
    private static final int RECEIVED = 64 * 1024;

    private static final FastThreadLocal<EventLoopStrand> CURRENT =
            new FastThreadLocal<>() {
                @Override
                protected void onRemoval(EventLoopStrand strand) {
                    strand.end();
                }
            };

    private final ArrayList<Flushable> touched = new ArrayList<>();
    private int turn = 1;
    private final Runnable flush = this::flushQueued;
    private final FrameArena frames = new FrameArena();
    private long flushAt = MAX_LENT_BYTES;
    private final GatheringWriter kernel = new GatheringWriter();
    private boolean flushing;
    private final GradualCloses closes = new GradualCloses(this);
    private final HttpDate date = new HttpDate();
    private boolean flushQueued;
    private @Nullable FanOutFrames pass;

    /// Whether a fan-out is under way that found the strand idle. It flushes as it goes.
    private boolean alone;

    /// Whether a socket is being read.
    private boolean reading;

    private @Nullable MessageDeflater deflater;
    private @Nullable ByteBuf received;

    private EventLoopStrand(EventLoop loop) {
        super(loop);
    }

    /// The strand of the event loop that runs the caller.
    public static EventLoopStrand current(EventLoop loop) {
        var strand = CURRENT.get();
        if (strand == null || !strand.loop.equals(loop)) {
            strand = new EventLoopStrand(loop);
            CURRENT.set(strand);
        }
        return strand;
    }

    @Override
    public void fanOut(PreparedMessage message, Runnable body) {
        var outer = pass;
        pass = new FanOutFrames(message);
        boolean first = outer == null && !alone && isIdle();
        alone |= first;
        try {
            body.run();
        } finally {
            pass = outer;
            if (first) {
                alone = false;
                flushTouched();
            }
        }
    }

    /// Whether nothing else waits to be run or to be flushed, so that there is nothing to gather.
    /// While events are read, others may wait behind them that are not visible here.
    private boolean isIdle() {
        return !reading
                && !flushing
                && touched.isEmpty()
                && loop instanceof SingleThreadEventExecutor executor
                && executor.pendingTasks() == 0;
    }

    /// The wire bytes of `message`. In a fan-out of this message all writes of the pass share them;
    /// otherwise they are made for this one write.
    public FrameSlice frame(PreparedMessage message, boolean prefixed, boolean compressed) {
        var shared = pass;
        return shared != null && shared.areOf(message)
                ? shared.get(this, prefixed, compressed)
                : FanOutFrames.make(this, message, prefixed, compressed);
    }

    /// Takes the caller's reference of `frame` and keeps it until all touched sockets are flushed,
    /// so that no socket counts references.
    public FrameSlice lend(ByteBuf frame) {
        bound();
        return frames.lend(frame);
    }

    /// A buffer whose end has room for a small frame, until all touched sockets are flushed.
    ByteBuf room(int size) {
        bound();
        return frames.room(size);
    }

    private void bound() {
        if (frames.bytes() >= flushAt) {
            flushTouched();
            flushAt = frames.bytes() + MAX_LENT_BYTES;
        }
    }

    /// Writes to the kernel for all sockets of this strand.
    GatheringWriter kernel() {
        return kernel;
    }

    /// A socket is being read, or no more. The output of its events is gathered.
    public void reading(boolean now) {
        reading = now;
    }

    /// The number of the list of touched sockets. Frames keep their places until the list is done.
    /// So a range of an earlier turn is not valid any more. A socket that was listed in an earlier
    /// turn is not listed now. Never 0.
    public int turn() {
        return turn;
    }

    /// Flushes `socket` once, after the tasks that are queued on the loop now. If there is only one
    /// fan-out to write, it is flushed earlier.
    public void touch(Flushable socket) {
        touched.add(socket);
        if (alone) {
            if (touched.size() >= TOGETHER) {
                flushTouched();
            }
        } else if (!flushQueued) {
            loop.execute(flush);
            flushQueued = true;
        }
    }

    private void flushQueued() {
        flushQueued = false;
        flushTouched();
    }

    private void flushTouched() {
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            int done = 0;
            while (done < touched.size()) {
                done = flushFrom(done);
            }
        } finally {
            flushing = false;
            forgetTouched();
        }
    }

    /// Begins the next turn, whether or not all were flushed in this one.
    public void forgetTouched() {
        touched.clear();
        turn = turn == -1 ? 1 : turn + 1;
        // In the middle of a fan-out its frames are still wanted.
        if (pass == null) {
            frames.clear();
            flushAt = MAX_LENT_BYTES;
        }
    }

    /// Flushes the touched sockets from the one at `first` on.
    ///
    /// @return the one to go on with if a flush failed, or the end
    private int flushFrom(int first) {
        int next = first;
        try {
            // By index, because a flush that fails can make its listener write to others.
            while (next < touched.size()) {
                touched.get(next++).flushNow();
            }
        } catch (Throwable t) {
            failed("A flush failed; the other connections are flushed", t);
        }
        return next;
    }

    /// Closes a connection when the pass is over.
    public void closeSoon(Connection connection) {
        closes.add(connection);
    }

    /// The strand's compressor, whose native memory is shared by all its connections.
    public MessageDeflater deflater() {
        var made = deflater;
        if (made == null) {
            made = new MessageDeflater();
            deflater = made;
        }
        return made;
    }

    /// The buffer for received bytes until they are processed: one for all connections.
    ByteBuf receiveBuffer() {
        var buffer = received;
        if (buffer == null) {
            buffer = FrameArena.UNCOUNTED.directBuffer(RECEIVED, RECEIVED);
            received = buffer;
        }
        return buffer.clear();
    }

    /// The event loop's thread ends.
    private void end() {
        frames.end();
        ReferenceCountUtil.release(received);
        received = null;
    }

    /// The value of a `Date` header.
    public String date() {
        return date.now();
    }
}
