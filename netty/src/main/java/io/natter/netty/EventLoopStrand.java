package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.engine.Strand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An event loop as a [Strand]; there is one per event loop, whichever host or port it came by. All
/// fields but `loop` are touched on the loop only.
final class EventLoopStrand implements Strand {
    /// When frames of so many bytes are lent, what is touched is flushed before the pass ends.
    private static final long MAX_LENT_BYTES = 4 * 1024 * 1024;

    private static final FastThreadLocal<EventLoopStrand> CURRENT = new FastThreadLocal<>();

    final EventLoop loop;
    private final ArrayList<WebSocketOutput> touched = new ArrayList<>();
    private final Runnable flush = this::flushQueued;
    private final FrameStore frames = new FrameStore();
    private long flushAt = MAX_LENT_BYTES;
    private final KernelWriter kernel = new KernelWriter();
    private boolean flushing;
    private @Nullable HostMetrics counted;
    private long messagesOut;
    private long bytesOut;
    private final HttpDate date = new HttpDate();
    private boolean flushQueued;
    private @Nullable PreparedFrames pass;
    private @Nullable MessageDeflater deflater;

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
        try {
            body.run();
        } finally {
            pass = outer;
        }
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

    /// Counts what leaves by a socket of the host that has `metrics`. A counter is told once a
    /// pass.
    void count(HostMetrics metrics, int messages, int bytes) {
        if (counted != metrics) {
            tellCounted();
            counted = metrics;
        }
        messagesOut += messages;
        bytesOut += bytes;
    }

    private void tellCounted() {
        var metrics = counted;
        if (metrics != null) {
            metrics.messagesOut.add(messagesOut);
            metrics.bytesOut.add(bytesOut);
            messagesOut = 0;
            bytesOut = 0;
        }
    }

    /// Writes to the kernel for all sockets of this strand.
    KernelWriter kernel() {
        return kernel;
    }

    /// Sees to it that `socket` is flushed once, after what is queued on the loop now.
    void touch(WebSocketOutput socket) {
        touched.add(socket);
        if (!flushQueued) {
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
            tellCounted();
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

    /// The strand's compressor, whose native memory is shared by all its connections.
    MessageDeflater deflater() {
        var made = deflater;
        if (made == null) {
            made = new MessageDeflater();
            deflater = made;
        }
        return made;
    }

    /// The value of a `Date` header.
    String date() {
        return date.now();
    }
}
