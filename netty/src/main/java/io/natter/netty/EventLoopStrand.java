package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.engine.Strand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An event loop as a [Strand]; there is one per event loop, whichever host or port it came by. All
/// fields but `loop` are touched on the loop only.
final class EventLoopStrand implements Strand {
    /// When frames of so many bytes are lent, what is touched is flushed before the pass ends.
    private static final long MAX_LENT_BYTES = 4 * 1024 * 1024;

    /// So many sockets are written and then flushed by a fan-out that is alone: few enough that
    /// what was touched by writing is still in the processor's cache for the flush.
    private static final int TOGETHER = 16;

    /// How many lines are closed together, and how long the others then have the loop.
    private static final int CLOSED_TOGETHER = 8;

    private static final long BETWEEN_CLOSES_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// How much is read from a line at once.
    private static final int RECEIVED = 64 * 1024;

    private static final FastThreadLocal<EventLoopStrand> CURRENT =
            new FastThreadLocal<>() {
                @Override
                protected void onRemoval(EventLoopStrand strand) {
                    strand.end();
                }
            };

    final EventLoop loop;
    private final ArrayList<WebSocketOutput> touched = new ArrayList<>();
    private final Runnable flush = this::flushQueued;
    private final FrameStore frames = new FrameStore();
    private long flushAt = MAX_LENT_BYTES;
    private final KernelWriter kernel = new KernelWriter();
    private boolean flushing;
    private final ArrayDeque<Line> closing = new ArrayDeque<>();
    private final HttpDate date = new HttpDate();
    private boolean flushQueued;
    private @Nullable PreparedFrames pass;

    /// Whether a fan-out is under way that found the strand idle. It flushes as it goes.
    private boolean alone;

    /// Whether a socket is being read.
    private boolean reading;

    private @Nullable MessageDeflater deflater;
    private @Nullable ByteBuf received;

    private EventLoopStrand(EventLoop loop) {
        this.loop = loop;
    }

    /// The strand of the event loop that runs the caller.
    static EventLoopStrand current(EventLoop loop) {
        var strand = CURRENT.get();
        if (strand == null || !strand.loop.equals(loop)) {
            strand = new EventLoopStrand(loop);
            CURRENT.set(strand);
        }
        return strand;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable schedule(Runnable task, long delayNanos) {
        var timer = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public void fanOut(Outgoing message, Runnable body) {
        var outer = pass;
        pass = new PreparedFrames(message);
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
    /// While events are read others may wait behind them, which nobody can see.
    private boolean isIdle() {
        return !reading
                && !flushing
                && touched.isEmpty()
                && loop instanceof SingleThreadEventExecutor executor
                && executor.pendingTasks() == 0;
    }

    /// The wire bytes of `message`: shared with the others of the same pass if there is one for
    /// this message, else made for this one write.
    WireFrame frame(Outgoing message, boolean engineForm, boolean compressed) {
        var shared = pass;
        return shared != null && shared.message() == message
                ? shared.get(this, engineForm, compressed)
                : PreparedFrames.make(this, message, engineForm, compressed);
    }

    /// Takes the caller's reference of `frame` and keeps it until all touched sockets are flushed,
    /// so that no socket counts references.
    WireFrame lend(ByteBuf frame) {
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
    KernelWriter kernel() {
        return kernel;
    }

    /// A socket is being read, or no more. What its events lead to is gathered.
    void reading(boolean now) {
        reading = now;
    }

    /// Sees to it that `socket` is flushed once, after what is queued on the loop now; or sooner,
    /// if all there is to write is one fan-out.
    void touch(WebSocketOutput socket) {
        touched.add(socket);
        if (alone) {
            if (touched.size() >= TOGETHER) {
                flushTouched();
            }
        } else if (!flushQueued) {
            flushQueued = true;
            loop.execute(flush);
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
            // By index, because a flush that fails can make its listener write to others.
            for (int i = 0; i < touched.size(); i++) {
                touched.get(i).flushNow();
            }
        } finally {
            touched.clear();
            flushing = false;
        }
        // In the middle of a fan-out its frames are still wanted.
        if (pass == null) {
            frames.clear();
            flushAt = MAX_LENT_BYTES;
        }
    }

    /// Closes a line when the pass is over, and where there are many, a few at a time. To close one
    /// that did not read is to give back all that waits for it, and a broadcast that many of them
    /// cannot take must not keep everybody else waiting meanwhile.
    void closeSoon(Line line) {
        closing.add(line);
        if (closing.size() == 1) {
            var _ = schedule(this::closeSome, BETWEEN_CLOSES_NANOS);
        }
    }

    private void closeSome() {
        for (int i = 0; i < CLOSED_TOGETHER && !closing.isEmpty(); i++) {
            // Taken off afterwards: whoever is given up meanwhile joins the queue under way.
            closing.element().close();
            closing.remove();
        }
        if (!closing.isEmpty()) {
            var _ = schedule(this::closeSome, BETWEEN_CLOSES_NANOS);
        }
    }

    /// The strand's compressor, whose native memory is shared by all its connections.
    MessageDeflater deflater() {
        var made = deflater;
        if (made == null) {
            made = new MessageDeflater();
            deflater = made;
        }
        return made;
    }

    /// Where what is read from a line lies until it was dealt with: one buffer for all of them.
    ByteBuf receiveBuffer() {
        var buffer = received;
        if (buffer == null) {
            buffer = FrameStore.UNCOUNTED.directBuffer(RECEIVED, RECEIVED);
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
    String date() {
        return date.now();
    }
}
