package io.natter.netty.loop;

import io.natter.host.Loggers;
import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.netty.frame.MessageDeflater;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An event loop as a [Strand]; there is one per event loop, whichever host or port it came by. All
/// fields but `loop` are touched on the loop only.
public final class EventLoopStrand implements Strand {
    private static final FailureLog FAILURES = new FailureLog(Loggers.of(EventLoopStrand.class));

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

    public final EventLoop loop;

    /// Whether the loop survives whatever a task throws.
    private final boolean guarded;

    private final ArrayList<Flushable> touched = new ArrayList<>();
    private int turn = 1;
    private final Runnable flush = this::flushQueued;
    private final FrameArena frames = new FrameArena();
    private long flushAt = MAX_LENT_BYTES;
    private final GatheringWriter kernel = new GatheringWriter();
    private boolean flushing;
    private final ArrayDeque<Connection> closing = new ArrayDeque<>();
    private boolean closeQueued;
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
        this.loop = loop;
        this.guarded = loop instanceof HostEventLoops.Loop;
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
    public void execute(Runnable task) {
        loop.execute(guarded ? task : () -> guard(task));
    }

    /// Runs a task where nobody else catches what it throws. On a loop that is somebody else's,
    /// Netty logs it, but an `Error` out of the logging itself, as where memory is short, would end
    /// the loop; and what a timer throws Netty keeps to itself.
    private void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            failed("A task of an event loop threw; the event loop goes on", t);
        }
    }

    private void failed(String what, Throwable cause) {
        if (loop instanceof HostEventLoops.Loop own) {
            own.failed(what, cause);
        } else {
            FAILURES.report(what, cause);
        }
    }

    /// A turn of the loop reads its sockets, fetches the timers that are due, then runs tasks. So a
    /// timer that is set by a task strikes only after the next look at the sockets.
    @Override
    public void executeAfterReads(Runnable task) {
        afterReads(loop, () -> guard(task));
    }

    private static void afterReads(EventExecutor loop, Runnable task) {
        loop.execute(
                () -> {
                    var ignored = loop.schedule(task, 0, TimeUnit.NANOSECONDS);
                });
    }

    @Override
    public void executeAfterAllReads(Runnable task) {
        var loops = new ArrayList<EventExecutor>();
        loop.parent().forEach(loops::add);
        var left = new AtomicInteger(loops.size());
        Runnable done =
                () -> {
                    if (left.decrementAndGet() == 0) {
                        executeAfterReads(task);
                    }
                };
        for (var each : loops) {
            try {
                afterReads(each, done);
            } catch (RejectedExecutionException ignored) {
                // It has ended, and reads nothing any more.
                done.run();
            }
        }
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
        var timer = loop.schedule(() -> guard(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
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

    /// The number of the list of touched sockets. Frames lie where they are until the list is done;
    /// so a range that was noted in an earlier turn is nobody's any more, and a socket that was
    /// listed in an earlier turn is not listed. Never 0.
    public int turn() {
        return turn;
    }

    /// Sees to it that `socket` is flushed once, after what is queued on the loop now; or sooner,
    /// if all there is to write is one fan-out.
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

    /// Closes a line when the pass is over, and where there are many, a few at a time. To close one
    /// that did not read is to give back all that waits for it, and a broadcast that many of them
    /// cannot take must not keep everybody else waiting meanwhile.
    public void closeSoon(Connection line) {
        closing.add(line);
        if (!closeQueued) {
            var ignored = schedule(this::closeSome, BETWEEN_CLOSES_NANOS);
            closeQueued = true;
        }
    }

    private void closeSome() {
        closeQueued = false;
        try {
            for (int i = 0; i < CLOSED_TOGETHER && !closing.isEmpty(); i++) {
                closing.remove().close();
            }
        } finally {
            if (!closing.isEmpty() && !closeQueued) {
                var ignored = schedule(this::closeSome, BETWEEN_CLOSES_NANOS);
                closeQueued = true;
            }
        }
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

    /// Where what is read from a line lies until it was dealt with: one buffer for all of them.
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
