package io.natter.netty.loop;

import io.natter.host.Loggers;
import io.natter.host.Strand;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The tasks and timers of an event loop. An exception of one of them is logged, and the loop goes
/// on. Any thread.
public abstract sealed class EventLoopTasks implements Strand permits EventLoopStrand {
    private static final FailureLog FAILURES = new FailureLog(Loggers.of(EventLoopStrand.class));

    /// The event loop.
    public final EventLoop loop;

    /// Whether the loop itself handles the exceptions of its tasks.
    private final boolean guarded;

    EventLoopTasks(EventLoop loop) {
        this.loop = loop;
        this.guarded = loop instanceof HostEventLoops.Loop;
    }

    @Override
    public final void execute(Runnable task) {
        loop.execute(guarded ? task : () -> guard(task));
    }

    /// Runs a task whose exceptions no other code handles well. On a loop of the application, Netty
    /// logs them. But an `Error` in the logging itself, as when memory is short, would end the
    /// loop. The exceptions of timers Netty does not even log.
    private void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            failed("A task of an event loop threw; the event loop goes on", t);
        }
    }

    final void failed(String what, Throwable cause) {
        if (loop instanceof HostEventLoops.Loop own) {
            own.failed(what, cause);
        } else {
            FAILURES.report(what, cause);
        }
    }

    /// A turn of the loop reads its sockets, fetches the timers that are due, then runs tasks. So a
    /// timer that a task sets runs only after the sockets have been read again.
    @Override
    public final void executeAfterReads(Runnable task) {
        afterReads(loop, () -> guard(task));
    }

    private static void afterReads(EventExecutor loop, Runnable task) {
        loop.execute(
                () -> {
                    var ignored = loop.schedule(task, 0, TimeUnit.NANOSECONDS);
                });
    }

    @Override
    public final void executeAfterAllReads(Runnable task) {
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
                // It has ended and does not read any more.
                done.run();
            }
        }
    }

    @Override
    public final boolean isCurrent() {
        return loop.inEventLoop();
    }

    @Override
    public final long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public final Runnable schedule(Runnable task, long delayNanos) {
        var timer = loop.schedule(() -> guard(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }
}
